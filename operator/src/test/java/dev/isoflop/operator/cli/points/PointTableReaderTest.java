package dev.isoflop.operator.cli.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointTableReaderTest {
  private final Path folder;

  PointTableReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsTheUsualColumns() throws InvalidTableException {
    PointTable table = read("budget,parameters,tokens,loss\n6e17,1e6,1e11,0.9\n");

    assertThat(table.points()).containsExactly(TrainedPoint.of("line 2", 6e17, 1e6, 1e11, 0.9));
    assertThat(table.convention()).isEqualTo("SixND");
    assertThat(table.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "C;N;D;loss",
    "flops;n_params;train_tokens;val_loss",
    "compute_budget;params;num_tokens;final_loss",
    "Compute Budget;Model-Size;tokens_seen;Validation Loss",
    "training_flops;non_embedding_params;Tokens;eval_loss"
  })
  void recognisesWellKnownNamesAndSaysSo(String header) throws InvalidTableException {
    PointTable table = read(header + "\n6e17;1e6;1e11;0.9\n");

    assertThat(table.points().get(0).tokens()).isEqualTo(1e11);
    assertThat(table.points().get(0).loss().value()).isEqualTo(0.9);
    assertThat(String.join("\n", table.notes()))
        .startsWith("columns recognised: budget = ")
        .endsWith("choose others with --column");
  }

  @Test
  void anUnnamedIndexIsNotTakenForAnything() throws InvalidTableException {
    PointTable table = read(",budget,parameters,tokens,loss\n0,6e17,1e6,1e11,0.9\n");

    assertThat(table.points().get(0).trial()).isEqualTo("line 2");
    assertThat(table.points().get(0).samples()).isEmpty();
    assertThat(table.notes()).containsExactly("not used: column 1, which has no name");
  }

  @Test
  void namesThatCouldMeanTheSameAreNotChosenBetween() {
    assertThatThrownBy(() -> read("N,D,train_loss,val_loss\n1e6,1e11,0.8,0.9\n"))
        .hasMessageContaining(
            "columns train_loss, val_loss could all hold the loss; choose one, as in"
                + " --column loss=train_loss");
  }

  @Test
  void anExactNameGoesBeforeOneThatMeansTheSame() throws InvalidTableException {
    PointTable table = read("parameters,tokens,loss,val_loss\n1e6,1e11,0.9,1.2\n");

    assertThat(table.points().get(0).loss().value()).isEqualTo(0.9);
    assertThat(table.points().get(0).metrics()).containsOnlyKeys(new MetricSeries("val_loss", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "|", "\t"})
  void findsTheDelimiter(String delimiter) throws InvalidTableException {
    String table = "budget,parameters,tokens,loss\n6e17,1e6,1e11,0.9\n".replace(",", delimiter);

    assertThat(read(table).points()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"parameters\": 1000000, \"compute_budget\": 6e17, \"final_loss\": 0.9}]",
        "{\"parameters\": 1000000, \"compute_budget\": 6e17, \"final_loss\": 0.9}\n"
      })
  void readsJsonAndInfersTokens(String json) throws InvalidTableException {
    PointTable table = read(json);

    TrainedPoint point = table.points().get(0);
    assertThat(point.trial()).isEqualTo("entry 1");
    assertThat(point.tokens()).isCloseTo(1e11, within(1.0));
    assertThat(table.notes())
        .contains("tokens are budget / (6 x parameters) (SixND), as they have no column");
  }

  @Test
  void infersBudgetsAndParameters() throws InvalidTableException {
    assertThat(read("parameters,tokens,loss\n1e6,1e11,0.9\n").points().get(0).budget())
        .isEqualTo(6e17);
    assertThat(read("budget,tokens,loss\n6e17,1e11,0.9\n").points().get(0).parameters())
        .isCloseTo(1e6, within(1e-3));
  }

  @Test
  void metricsKnowTheirSetAndTheirError() throws InvalidTableException {
    PointTable table =
        read(
            """
            parameters,tokens,loss,loss_standard_error,V@in,V@in_standard_error,FID@out
            1e6,1e11,0.9,0.01,0.9,0.01,12
            2e6,5e10,0.8,0,0.8,,11
            """);

    TrainedPoint first = table.points().get(0);
    assertThat(first.loss().standardError()).hasValue(0.01);
    assertThat(first.metrics())
        .containsOnlyKeys(new MetricSeries("V", "in"), new MetricSeries("FID", "out"));
    assertThat(table.points().get(1).loss().standardError()).isEmpty();
    assertThat(table.lossSeries()).isEqualTo(new MetricSeries("V", "in"));
    assertThat(table.referenceDataset()).contains("in");
  }

  /**
   * A trial whose budget is not complete enters no law, whatever is fitted in place of the loss.
   */
  @Test
  void anotherMeasurementAsTheLossLeavesOutTheTrialsThatTheSweepDoes() throws Exception {
    PointTable table =
        read(
            """
            budget,parameters,tokens,loss,VLB@coco,not_fitted
            6e17,1e6,1e11,0.9,4.1,
            6e17,2e6,5e10,0.8,4.0,
            6e18,2e6,5e11,0.7,3.9,loss
            """,
            new ColumnNames(Map.of(Quantity.loss, "VLB@coco"), Map.of(), List.of()));

    assertThat(table.points()).extracting(point -> point.loss().value()).containsExactly(4.1, 4.0);
  }

  @Test
  void outcomesCountInAnyLetters() throws InvalidTableException {
    PointTable table =
        read(
            """
            parameters,tokens,loss,Outcome
            1e6,1e11,0.9,SUCCEEDED
            2e6,5e10,0.8,succeeded
            4e6,2e10,nan,Failed
            4e6,2e10,,
            """);

    assertThat(table.points()).hasSize(2);
    assertThat(table.notes())
        .contains(
            "2 of 4 rows are left out, as their Outcome is Failed (1), empty (1), not Succeeded");
  }

  @Test
  void aTableOfWhichNoOutcomeCountsSaysWhich() {
    assertThatThrownBy(
            () -> read("parameters,tokens,loss,outcome\n1e6,1e11,0.9,done\n1e6,1e11,0.8,done\n"))
        .isInstanceOf(InvalidTableException.class)
        .hasMessageContaining(
            "all 2 rows are left out, as their outcome is done (2), not Succeeded; write Succeeded"
                + " for models that count, or give the column another name");
  }

  @Test
  void notANumberInJsonIsToldLikeInOtherTables() {
    assertThatThrownBy(
            () ->
                read(
                    "[{\"parameters\":1e6,\"tokens\":1e11,\"loss\":0.9},"
                        + "{\"parameters\":1e6,\"tokens\":1e11,\"loss\":NaN},"
                        + "{\"parameters\":1e6,\"tokens\":1e11,\"loss\":-Infinity}]"))
        .hasMessageContaining(
            "entry 2: loss 'NaN' is not finite; remove the row of a model that diverged")
        .hasMessageContaining("entry 3: loss '-Infinity' is not finite");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": [{\"parameters\": 1e6, \"tokens\": 1e11, \"loss\": 0.9}]}",
        "{\"data\": {\"0\": 1e6}, \"tokens\": {\"0\": 1e11}}"
      })
  void oneObjectThatHoldsATableSaysWhatATableIs(String json) {
    assertThatThrownBy(() -> read(json))
        .hasMessageContaining("is one object whose 'data' holds an")
        .hasMessageContaining("a table in JSON is an array of objects");
  }

  @Test
  void readsTheSeparatorLineOfSpreadsheets() throws InvalidTableException {
    PointTable table = read("sep=;\r\nbudget;parameters;tokens;loss\r\n6e17;1e6;1e11;0.9\r\n");

    assertThat(table.points()).containsExactly(TrainedPoint.of("line 3", 6e17, 1e6, 1e11, 0.9));
  }

  @Test
  void suggestsTheColumnThatNamesTheQuantityAndItsUnit() {
    assertThatThrownBy(() -> read("run,params (M),tokens (B),val loss\na,1,1,0.9\n"))
        .hasMessageContaining("as in --column 'parameters=params (M)'")
        .hasMessageContaining("as in --column 'tokens=tokens (B)'");
  }

  @Test
  void oddModelsAreRightWhereBudgetParametersAndTokensAgree() throws InvalidTableException {
    assertThat(read("budget,parameters,tokens,loss\n6e17,1e4,1e13,0.9\n").points()).hasSize(1);
    assertThatThrownBy(() -> read("parameters,tokens,loss\n1e4,1e13,0.9\n"))
        .hasMessageContaining("would mean 1e9 tokens per parameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e200", "-1e41", "1e-41"})
  void numbersWhosePowersNoNumberHoldsAreRefused(String loss) {
    assertThatThrownBy(() -> read("parameters,tokens,loss\n1e6,1e11," + loss + "\n"))
        .hasMessageContaining("line 2: loss '" + loss + "' is beyond 1e40 or below 1e-40");
  }

  @Test
  void aNegativeStandardErrorIsRefused() {
    assertThatThrownBy(
            () -> read("parameters,tokens,loss,loss_standard_error\n1e6,1e11,0.9,-0.01\n"))
        .hasMessageContaining("line 2: loss_standard_error '-0.01' is negative");
  }

  @Test
  void billionsOfTokensAreAnErrorThatNamesTheUnit() {
    assertThatThrownBy(
            () -> read("budget,parameters,tokens,loss\n6e17,1e6,100,0.9\n6e17,2e6,50,0.8\n"))
        .hasMessageContaining(
            "column tokens ('100' at line 2) looks like billions: budget 6e17 is 1e9 x 6 x"
                + " parameters x tokens; give plain counts, or --unit tokens=1e9");
  }

  @Test
  void millionsOfParametersAreAnErrorThatNamesTheUnit() {
    assertThatThrownBy(() -> read("C,params,D,loss\n6e17,1.5,6.7e10,0.9\n6e17,300,3.4e8,0.8\n"))
        .hasMessageContaining("column params ('1.5' at line 2) looks like millions")
        .hasMessageContaining("--unit parameters=1e6");
  }

  @Test
  void bothUnitsWrongAreToldTogether() {
    assertThatThrownBy(() -> read("C,N,D,loss\n6e17,1.5,67,0.9\n6e17,300,0.34,0.8\n"))
        .hasMessageContaining("columns N ('1.5' at line 2) and D ('67') are too small together")
        .hasMessageContaining("--unit parameters=1e6 --unit tokens=1e9");
  }

  @Test
  void petaflopDaysAreAnErrorThatNamesTheUnit() {
    assertThatThrownBy(() -> read("C,N,D,loss\n0.007,1e6,1e11,0.9\n0.007,2e6,5e10,0.8\n"))
        .hasMessageContaining("column C ('0.007' at line 2) looks like petaflop/s-days")
        .hasMessageContaining("--unit budget=8.64e19");
  }

  @Test
  void unitsThatAreSaidAreApplied() throws InvalidTableException {
    ColumnNames names =
        new ColumnNames(
            Map.of(), Map.of(Quantity.parameters, 1e6, Quantity.tokens, 1e9), List.of());

    TrainedPoint point = read("N,D,loss\n1.5,67,0.9\n", names).points().get(0);

    assertThat(point.parameters()).isEqualTo(1.5e6);
    assertThat(point.tokens()).isEqualTo(67e9);
  }

  @Test
  void oneRowThatMissesItsBudgetIsAnErrorOfThatRow() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    budget,parameters,tokens,loss
                    6e17,1e6,1e11,0.9
                    6e17,2e6,5e10,0.8
                    6e17,4e6,2.5e13,0.8
                    """))
        .hasMessage(
            folder.resolve("table")
                + ", line 4: budget '6e17' does not go with 6 x parameters x tokens = 6e20; give"
                + " FLOPs, parameters and tokens as plain numbers");
  }

  @Test
  void sizesTooSmallToBeCountsAreErrorsWithoutABudgetToo() {
    assertThatThrownBy(() -> read("parameters,tokens,loss\n1.5,1e9,0.9\n"))
        .hasMessageContaining("parameters '1.5' is too small for a count (at least 100)");
    assertThatThrownBy(() -> read("budget,parameters,loss\n1e18,150,0.9\n"))
        .hasMessageContaining("parameters '150' would mean")
        .hasMessageContaining("--unit parameters=1e6");
  }

  @ParameterizedTest
  @CsvSource({
    "nan, is not finite; remove the row of a model that diverged",
    "-inf, is not finite",
    "'', is empty; give its value",
    "0.9.1, is not a number",
    "12M, is not a number"
  })
  void lossesThatAreNoNumbersAreErrorsWithTheirLine(String loss, String what) {
    assertThatThrownBy(() -> read("parameters,tokens,loss\n1e6,1e9,1\n1e6,1e9," + loss + "\n"))
        .hasMessageContaining("table, line 3: loss '" + loss + "' " + what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-4e6"})
  void countsThatAreNotPositiveAreErrors(String size) {
    assertThatThrownBy(() -> read("parameters,tokens,loss\n" + size + ",1e9,1\n"))
        .hasMessageContaining("parameters '" + size + "' is not positive");
  }

  @Test
  void missingColumnsAreNamedWithAWayOut() {
    assertThatThrownBy(() -> read("budget,size,loss\n6e17,1e6,0.9\n"))
        .hasMessageContaining(
            "has no column 'parameters'; say which holds the parameters, as in"
                + " --column parameters=size")
        .hasMessageContaining("its columns are budget, size, loss");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2] | entry 1 is not an object; give an array of objects",
        "[] | is empty; give an array of objects",
        "[{\"a\": ] | is not valid JSON",
        "{\"laws\": {}} | holds fitted laws, not points"
      })
  void jsonThatIsNoTableIsAnError(String json, String what) {
    assertThatThrownBy(() -> read(json)).hasMessageContaining(what);
  }

  private PointTable read(String text) throws InvalidTableException {
    return read(text, ColumnNames.USUAL);
  }

  private PointTable read(String text, ColumnNames names) throws InvalidTableException {
    try {
      Path file = Files.writeString(folder.resolve("table"), text);
      return new PointTableReader(names, Optional.empty()).read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
