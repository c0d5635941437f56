package dev.isoflop.operator.sweep.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.api.v1alpha1.status.OptimumStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusQuantitiesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<LawQuantity> ORDER = List.of(LawQuantity.values());

  @ParameterizedTest
  @EnumSource(LawQuantity.class)
  void readsTheFieldOfItsName(LawQuantity quantity) throws IOException {
    JsonNode values = numbered(MAPPER.getNodeFactory()::numberNode);
    JsonNode laws =
        numbered(i -> MAPPER.createObjectNode().put("coefficient", i).put("exponent", 1));

    double number = ORDER.indexOf(quantity) + 1;
    assertThat(
            requireNonNull(
                    StatusQuantities.law(MAPPER.treeToValue(laws, LawsStatus.class), quantity))
                .coefficient())
        .isEqualTo(number);
    assertThat(StatusQuantities.value(MAPPER.treeToValue(values, OptimumStatus.class), quantity))
        .isEqualTo(number);
    assertThat(StatusQuantities.value(MAPPER.treeToValue(values, PredictionStatus.class), quantity))
        .isEqualTo(number);
  }

  /** An object with a field for every quantity, numbered from 1 in their order. */
  private static JsonNode numbered(IntFunction<JsonNode> value) {
    ObjectNode object = MAPPER.createObjectNode();
    for (LawQuantity quantity : ORDER) {
      object.set(StatusQuantities.field(quantity), value.apply(ORDER.indexOf(quantity) + 1));
    }
    return object;
  }
}
