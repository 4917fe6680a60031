package io.tieback.command.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short run of {@code tieback bench}: what it counts is asserted, how fast this machine was is
 * not.
 */
class BenchTest {

  private static final int INVOICES = 60;

  @Test
  void everyInvoiceArrivesWithHardlyMoreCallsThanTheFewest(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("bench.json");
    Bench.Options options =
        new Bench.Options(
            LoadErp.XERO,
            INVOICES,
            Path.of("target/bench-test"),
            Path.of("target/postgres-programs"),
            "requestData");

    BenchReport report =
        Bench.run(options, new PrintWriter(System.out, true, StandardCharsets.UTF_8));

    StringWriter shown = new StringWriter();
    report.print(new PrintWriter(shown, true));
    assertThat(report.complete()).as("%s", shown).isTrue();
    assertThat(report.books().arrived()).isEqualTo(INVOICES);
    assertThat(report.books().procoreNet())
        .isPositive()
        .isEqualByComparingTo(report.books().erpTotal());
    assertThat(report.calls().of(BenchCalls.Purpose.EVENT)).isEqualTo(INVOICES);
    assertThat(report.calls().requisitionReads()).isEqualByComparingTo(BigDecimal.ONE);
    assertThat(report.calls().ratio()).as("%s", shown).isLessThanOrEqualTo(new BigDecimal("1.1"));

    assertThat(shown.toString())
        .contains(
            "webhook p99",
            "API calls by the fewest",
            "ready on the existing database",
            "both sides agree to the cent");
    report.write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.path("complete").booleanValue()).isTrue();
    assertThat(json.path("loadAverageBefore").textValue()).isNotBlank();
    assertThat(json.path("calls").path("byPurpose").path("event read").intValue())
        .isEqualTo(INVOICES);
    assertThat(json.path("figures").findValuesAsText("figure"))
        .contains(
            "webhook p50",
            "webhook p99",
            "webhook max",
            "webhook to acknowledged, full speed",
            "connector CPU per invoice, full speed",
            "connector heap, highest use",
            "API calls by the fewest",
            "ready on the existing database");
    for (JsonNode figure : json.path("figures")) {
      assertThat(figure.has("target")).as("%s", figure).isEqualTo(figure.has("met"));
    }
  }

  @Test
  void percentilesAreNearestRanks() {
    long[] nanos = new long[200];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = (200 - i) * 1_000_000L;
    }
    LoadLatencies latencies = new LoadLatencies(nanos);
    assertThat(latencies.percentile(50)).hasMillis(100);
    assertThat(latencies.percentile(99)).hasMillis(198);
    assertThat(latencies.max()).hasMillis(200);
  }
}
