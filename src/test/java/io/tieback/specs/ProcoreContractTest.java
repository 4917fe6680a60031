package io.tieback.specs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.DirectCost;
import io.tieback.construction.Money;
import io.tieback.erp.MemoryVault;
import io.tieback.erp.OpenBudget;
import io.tieback.procore.CommitmentKind;
import io.tieback.procore.DetailAnswer;
import io.tieback.procore.DirectCosts;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.ProcoreClient;
import io.tieback.procore.ProcoreConnection;
import io.tieback.procore.ProcoreHooks;
import io.tieback.procore.ProcoreSettings;
import io.tieback.procore.ProcoreTokens;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every call that the client can make is in the published subset, and the judge sees what is not.
 */
@ProcoreContract.Needed
class ProcoreContractTest {

  private static final URI PROCORE = URI.create("https://api.procore.com");

  @Test
  void everyOperationOfTheClientIsInTheContract() {
    List<HttpCall> sent = new ArrayList<>();
    Http canned =
        call -> {
          sent.add(call);
          boolean list =
              call.method().equals("GET")
                  && !call.uri().getPath().matches(".*/(\\d+|me|permissions)");
          String body =
              call.uri().getPath().equals("/oauth/token")
                  ? "{\"access_token\":\"t\",\"expires_in\":5400}"
                  : call.uri().getPath().endsWith("/invoice_payments/sync")
                      ? "{\"entities\":[{\"id\":1}],\"errors\":[]}"
                      : list ? "[]" : "{\"id\":1,\"entities\":[],\"errors\":[]}";
          return new HttpAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        };
    ProcoreConnection connection =
        new ProcoreConnection(
            new ConnectionId("main"),
            42,
            PROCORE,
            PROCORE,
            "app",
            "secret",
            "Bearer x",
            "tieback",
            URI.create("https://tieback.example.com/w"),
            PROCORE,
            List.of(),
            null,
            ProcoreSettings.defaults());
    Http judged = ProcoreContract.load().judging(canned);
    ProcoreTokens tokens =
        new ProcoreTokens(
            judged, connection, new MemoryVault(), CallCounter.NONE, Clock.systemUTC());
    ProcoreClient client =
        new ProcoreClient(
            judged, connection, tokens, new OpenBudget(), CallCounter.NONE, Clock.systemUTC());

    client.erpRequest(1);
    client.requestDetails(1);
    client.requisition(2, 1);
    client.projectHasRequisition(2, 1);
    client.syncExternalData(
        List.of(
            new ExternalDataRow("requisition", 1, "xero:main:bill:1", "B-1", "{}"),
            ExternalDataRow.cleared("requisition", 1)));
    client.closeDetails(List.of(DetailAnswer.success(1), DetailAnswer.failed(2, List.of("no"))));
    client.closeDetail(DetailAnswer.failed(2, List.of("no")));
    client.contractPayments(2, 3);
    client.createContractPayment(
        2, 3, Json.object().put("amount", "1.00").put("date", "2026-01-31").put("origin_id", "x"));
    client.updateContractPayment(
        2, 3, 4, Json.object().put("amount", "1.00").put("payment_method", "check"));
    client.deleteContractPayment(2, 3, 4);
    client.syncInvoicePayment(
        Json.object()
            .put("invoice_type", "Billings::Requisition")
            .put("invoice_id", 1)
            .put("origin_id", "x"));
    var directory = client.directory();
    directory.me();
    directory.companies();
    directory.companyPermissions();
    directory.projectPermissions(2);
    directory.projects();
    directory.projectByOrigin("a|b c");
    directory.project(2);
    directory.vendor(5);
    for (CommitmentKind kind : CommitmentKind.values()) {
      directory.commitment(kind, 2, 3);
      directory.commitmentLines(kind, 2, 3);
    }
    directory.costCode(2, 6);
    directory.costCodes(2);
    directory.vendors();
    directory.costTypes(2);
    directCosts(client);
    ProcoreHooks hooks = client.hooks();
    hooks.ensure();
    hooks.deliveries(7, ProcoreHooks.Deliveries.DISCARDED, null);
    hooks.deliveries(7, ProcoreHooks.Deliveries.FAILING, 8L);
    assertThat(sent).hasSizeGreaterThan(30);
  }

  private static void directCosts(ProcoreClient client) {
    DirectCost.Line line = new DirectCost.Line("line", 3, 4, Money.of("-1.50"), "Lumber");
    for (Long id : Arrays.asList(null, 9L)) {
      for (DirectCost.Type type : List.of(DirectCost.Type.INVOICE, DirectCost.Type.EXPENSE)) {
        DirectCost cost =
            new DirectCost(
                "cost", 2, type, 5L, "N-1", LocalDate.of(2026, 1, 31), "Bill N-1", List.of(line));
        client.directCosts().sync(2, List.of(new DirectCosts.Row(cost, id)));
      }
    }
    client.directCosts().syncLines(2, List.of(new DirectCosts.LineRow(9, line)));
    client.directCosts().dropLines(2, 9, List.of());
    client.directCosts().remove(2, 9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET|/rest/v1.0/no_such_thing||not in the contract",
        "PUT|/rest/v1.0/contract_payments/4||not in the contract",
        "GET|/rest/v1.0/contract_payments?project_id=1||contract_id is missing",
        "GET|/rest/v1.0/contract_payments?project_id=1&contract_id=x||contract_id is 'x'",
        "GET|/rest/v1.0/contract_payments?project_id=1&contract_id=2&filters[origin_id]=1||filters[origin_id]"
            + " is not in the contract",
        "GET|/rest/v1.1/requisitions/1?project_id=1&view=everything||view is 'everything'",
        "POST|/rest/v1.0/contract_payments||a body is missing",
        "POST|/rest/v1.0/contract_payments|{\"project_id\":1,\"contract_id\":2,\"contract_payment\":{\"amount\":1.5}}|/contract_payment/amount",
        "POST|/rest/v1.0/contract_payments|{\"project_id\":1,\"contract_id\":2,\"contract_payment\":{\"amonut\":\"1.5\"}}|amonut",
        "POST|/rest/v1.0/contract_payments|{\"project_id\":1,\"contract_payment\":{}}|contract_id",
        "POST|/rest/v1.0/contract_payments|{\"project_id\":1,\"contract_id\":2,\"contract_payment\":{\"payment_method\":\"cash\"}}|/contract_payment/payment_method",
        "PATCH|/rest/v1.0/companies/5/external_data/sync|{\"updates\":[{\"item_type\":\"vendor\",\"item_id\":\"7\"}]}|/updates/0/item_id"
      })
  void theJudgeSeesWhatIsWrong(String method, String path, String body, String objection) {
    HttpCall call =
        new HttpCall(
            method,
            URI.create(PROCORE + path.replace("[", "%5B").replace("]", "%5D")),
            Map.of("Procore-Company-Id", "5", "Content-Type", "application/json"),
            body == null ? null : body.getBytes(StandardCharsets.UTF_8),
            Duration.ofSeconds(1));
    assertThat(String.join(" ", ProcoreContract.load().objections(call))).contains(objection);
  }

  @Test
  void theJudgeNoticesThatTheCompanyHeaderIsMissing() {
    HttpCall call =
        new HttpCall(
            "GET", PROCORE.resolve("/rest/v1.0/me"), Map.of(), null, Duration.ofSeconds(1));
    assertThat(ProcoreContract.load().objections(call))
        .containsExactly("header Procore-Company-Id is missing");
  }
}
