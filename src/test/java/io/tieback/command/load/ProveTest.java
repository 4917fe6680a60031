package io.tieback.command.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.ErpBooks;
import io.tieback.wire.Json;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short run of {@code tieback prove}, and that its judge is not blind. */
class ProveTest {

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void killedAtChosenPointsTheConnectorWritesEverythingOnceAndTheJudgeWouldSeeIfNot()
      throws Exception {
    ProveOptions options =
        new ProveOptions(
            LoadErp.XERO,
            6,
            4,
            40,
            20,
            Path.of("target/prove-test"),
            Path.of("target/postgres-programs"),
            120);
    try (Prove prove =
        new Prove(options, new PrintWriter(System.out, true, StandardCharsets.UTF_8))) {
      ProveReport report = prove.run();

      assertThat(report.duplicates()).isEmpty();
      assertThat(report.losses()).isEmpty();
      assertThat(report.stuck()).isEmpty();
      assertThat(report.differences()).isEmpty();
      assertThat(report.centsOfDifference()).isZero();
      assertThat(report.kills()).isEqualTo(6);
      assertThat(report.killsWhileWriting())
          .as("kills that met planned or sent: %s", report.lives())
          .isGreaterThanOrEqualTo(3);
      assertThat(report.proven()).isTrue();
      Judge.Verdict exact = prove.verdict();
      assertThat(exact.bills()).isEqualTo(40);
      assertThat(exact.livingPayments()).isGreaterThan(10);

      StandIns standIns = prove.standIns();
      JsonNode bill =
          standIns.erp().get("books?tenantId=" + standIns.seed().tenantId()).path("bills").get(0);
      writeAgain(standIns, bill);
      Judge.Verdict twice = prove.verdict();
      assertThat(twice.duplicates()).hasSize(1);
      assertThat(twice.cents()).isPositive();

      ErpBooks.Bill open =
          standIns.erpBooks().bills().stream()
              .filter(one -> one.open().signum() > 0)
              .findFirst()
              .orElseThrow();
      standIns
          .seed()
          .erp()
          .pay(
              standIns.erp(),
              false,
              null,
              "CHK-LATE",
              false,
              List.of(new ErpBooks.Due(open, open.open())));
      assertThat(prove.verdict().losses())
          .singleElement()
          .asString()
          .contains("has no contract payment");
    }
  }

  /** A second bill with the same address, through Xero's own interface. */
  private void writeAgain(StandIns standIns, JsonNode bill) throws Exception {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode twin = body.putArray("Invoices").addObject();
    twin.put("Type", "ACCPAY")
        .put("InvoiceNumber", "TWICE")
        .put("Status", "AUTHORISED")
        .put("LineAmountTypes", "NoTax");
    twin.put("Date", "2026-10-31")
        .put("DueDate", "2026-11-30")
        .put("Url", bill.path("url").textValue());
    twin.putObject("Contact").put("ContactID", bill.path("contactId").textValue());
    twin.putArray("LineItems")
        .addObject()
        .put("Description", "again")
        .put("Quantity", 1)
        .put("UnitAmount", 5)
        .put("AccountCode", "500");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(standIns.erpUrl() + "/api.xro/2.0/Invoices"))
            .header("Authorization", "Bearer " + token(standIns))
            .header("xero-tenant-id", standIns.seed().tenantId())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String token(StandIns standIns) throws Exception {
    ContractorSeed seed = standIns.seed();
    String redirect = seed.erp().seed().path("apps").get(0).path("redirectUris").get(0).textValue();
    String scopes = URLEncoder.encode("offline_access accounting.invoices", StandardCharsets.UTF_8);
    URI consent =
        URI.create(
            standIns.erpUrl()
                + "/identity/connect/authorize?response_type=code&client_id="
                + seed.erp().settings("", "").get("xero.client-id")
                + "&redirect_uri="
                + URLEncoder.encode(redirect, StandardCharsets.UTF_8)
                + "&scope="
                + scopes
                + "&state=test");
    HttpResponse<Void> sentBack =
        http.send(HttpRequest.newBuilder(consent).build(), HttpResponse.BodyHandlers.discarding());
    String code =
        sentBack
            .headers()
            .firstValue("Location")
            .orElseThrow()
            .replaceAll(".*[?&]code=([^&]+).*", "$1");
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (seed.erp().settings("", "").get("xero.client-id") + ":" + ContractorSeed.SECRET)
                    .getBytes(StandardCharsets.UTF_8));
    String form =
        "grant_type=authorization_code&code="
            + code
            + "&redirect_uri="
            + URLEncoder.encode(redirect, StandardCharsets.UTF_8);
    HttpRequest exchange =
        HttpRequest.newBuilder(URI.create(standIns.erpUrl() + "/connect/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return Json.read(http.send(exchange, HttpResponse.BodyHandlers.ofString()).body())
        .path("access_token")
        .textValue();
  }
}
