package dev.isoflop.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.trial.TrialJson;
import org.junit.jupiter.api.Test;

class ShownTreeTest {
  @Test
  void everyUriOfADocumentIsShownWithoutSecrets() throws Exception {
    String text =
        """
        {"data": {"uri": "https://me:SECRET@h/a b?x=SEC RET", "sets": [{"uri": "https://h/?SECRET"}]},
         "collection": {"prometheusUrl": "http://me:SECRET@h:9090"},
         "notes": ["see https://h/a?SECRET there", 1, 2.5, true, null]}
        """;
    JsonNode document = TrialJson.MAPPER.readTree(text);

    assertThat(ShownTree.of(document))
        .isEqualTo(
            TrialJson.MAPPER.readTree(
                """
                {"data": {"uri": "https://h/a b?…", "sets": [{"uri": "https://h/?…"}]},
                 "collection": {"prometheusUrl": "http://h:9090"},
                 "notes": ["see https://h/a?… there", 1, 2.5, true, null]}
                """));
    assertThat(document).isEqualTo(TrialJson.MAPPER.readTree(text));
  }
}
