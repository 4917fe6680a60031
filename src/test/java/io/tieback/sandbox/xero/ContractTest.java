package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;

/** What the stand-in answers is held against Xero's own contract. */
class ContractTest {
  private static final String HERE = "https://contract.example/xero";
  private static XeroWorld xero;
  private static JsonSchemaFactory contract;

  @BeforeAll
  static void start() throws IOException {
    String folder =
        System.getProperty(
            "tieback.specs", System.getenv().getOrDefault("TIEBACK_SPECS", "../shared/specs"));
    LoaderOptions large = new LoaderOptions();
    large.setCodePointLimit(16 * 1024 * 1024);
    ObjectMapper yaml = new ObjectMapper(YAMLFactory.builder().loaderOptions(large).build());
    String spec =
        new ObjectMapper()
            .writeValueAsString(
                yaml.readTree(Files.readString(Path.of(folder, "xero_accounting.yaml"))));
    contract =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            builder ->
                builder
                    .metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                    .schemaLoaders(loaders -> loaders.schemas(Map.of(HERE, spec))));
    xero = new XeroWorld();
    JsonNode bill = xero.create("C-1");
    xero.call(
        "PUT",
        "/PurchaseOrders",
        "{'Contact':{'ContactID':'"
            + XeroWorld.VENDOR
            + "'},'LineItems':[{'Description':'a','Quantity':2,'UnitAmount':1.5}]}");
    xero.control(
        "POST",
        "pay",
        "{'tenantId':'"
            + XeroWorld.TENANT
            + "','accountCode':'090','date':'2026-05-01','reference':'r','batch':true,'invoices':[{'invoiceId':'"
            + bill.get("InvoiceID").textValue()
            + "','amount':10.01}]}");
    cost("'kind':'spend','accountCode':'090'");
    cost("'kind':'credit','number':'CN-1'");
  }

  private static void cost(String head) {
    xero.control(
        "POST",
        "costs",
        "{'tenantId':'"
            + XeroWorld.TENANT
            + "',"
            + head
            + ",'contactId':'"
            + XeroWorld.VENDOR
            + "','lines':[{'Description':'Fuel','Quantity':1,'UnitAmount':12.5,'AccountCode':'500','ItemCode':'03-110.S'}]}");
  }

  @AfterAll
  static void stop() {
    xero.close();
  }

  private static Set<ValidationMessage> problems(String schema, JsonNode value) {
    JsonSchema compiled =
        contract.getSchema(
            SchemaLocation.of(HERE + "#/components/schemas/" + schema),
            SchemaValidatorsConfig.builder().build());
    return compiled.validate(value);
  }

  @Test
  void answersFitTheContract() {
    Map<String, String> answers =
        Map.of(
            "/Invoices?page=1", "Invoices",
            "/BatchPayments", "BatchPayments",
            "/BankTransactions?page=1", "BankTransactions",
            "/Contacts?page=1", "Contacts",
            "/Items", "Items",
            "/Accounts", "Accounts",
            "/TaxRates", "TaxRates",
            "/TrackingCategories", "TrackingCategories",
            "/Organisation", "Organisations",
            "/Organisation/Actions", "Actions");
    answers.forEach(
        (path, schema) -> assertThat(problems(schema, xero.get(path).json())).as(path).isEmpty());
    assertThat(problems("CreditNotes", xero.get("/CreditNotes?page=1").json())).isEmpty();
    assertThat(problems("ReportWithRows", xero.get("/Reports/TrialBalance").json())).isEmpty();
    assertThat(problems("PurchaseOrders", xero.get("/PurchaseOrders?page=1").json())).isEmpty();
    assertThat(problems("Payments", xero.get("/Payments?page=1").json()))
        .as("Xero writes strings in the nested batch, against its own schema (reference 1.2)")
        .extracting(problem -> problem.getInstanceLocation().toString())
        .containsExactlyInAnyOrder(
            "/Payments/0/BatchPayment/TotalAmount", "/Payments/0/BatchPayment/IsReconciled");
  }

  @Test
  void theContractIsReallyRead() throws IOException {
    assertThat(
            problems(
                "Invoices", new ObjectMapper().readTree("{\"Invoices\":[{\"Type\":\"BILL\"}]}")))
        .isNotEmpty();
    assertThat(
            problems(
                "Payments", new ObjectMapper().readTree("{\"Payments\":[{\"Amount\":\"12.30\"}]}")))
        .isNotEmpty();
  }
}
