package io.tieback.command.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.Tieback;
import io.tieback.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole round trip with both contractors' books in QuickBooks Online, by the command line. */
class DemoOnQuickBooksOnlineTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "QBO-INV-01 QBO-PAY-01 QBO-PRJ-01: ten invoices, five payments and what people decide in the"
          + " console arrive in QuickBooks Online; both sides agree to the cent")
  void arrives() throws IOException {
    Path report = folder.resolve("report.json");
    int code =
        Tieback.run(
            "demo",
            "--exit",
            "--erp",
            "qbo",
            "--folder",
            folder.resolve("work").toString(),
            "--report",
            report.toString());
    assertThat(code).isZero();
    JsonNode told = Json.read(Files.readString(report));
    assertThat(told.at("/totals/allArrived").booleanValue()).isTrue();
    assertThat(told.at("/totals/billedInErp").textValue())
        .isEqualTo(told.at("/totals/invoicedInProcore").textValue())
        .isEqualTo("236073.24");
    assertThat(told.at("/totals/paidInErp").textValue())
        .isEqualTo(told.at("/totals/paidInProcore").textValue());
    for (JsonNode record : told.path("records")) {
      assertThat(record.path("erp").textValue()).isEqualTo("quickbooksonline");
    }
  }
}
