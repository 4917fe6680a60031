package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Organisation, accounts, tax rates, items, tracking, contacts and purchase orders (reference
 * sections 4 to 8).
 */
class RecordsTest {
  private static XeroWorld xero;

  @BeforeAll
  static void start() {
    xero = new XeroWorld();
  }

  @AfterAll
  static void stop() {
    xero.close();
  }

  private static String error(Http.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    return reply.json().at("/Elements/0/ValidationErrors/0/Message").textValue();
  }

  @Test
  void theOrganisationAndItsChart() {
    JsonNode organisation = xero.get("/Organisation").json().at("/Organisations/0");
    assertThat(organisation.get("BaseCurrency").textValue()).isEqualTo("USD");
    assertThat(organisation.get("PeriodLockDate").textValue())
        .isEqualTo("/Date(1767139200000+0000)/");
    assertThat(xero.get("/Organisation/Actions").text())
        .contains(
            "{\"Name\":\"CreateApprovedBill\",\"Status\":\"ALLOWED\"}",
            "\"UseMulticurrency\",\"Status\":\"NOT-ALLOWED\"");
    JsonNode banks =
        xero.get("/Accounts?where=" + XeroWorld.encoded("Type==\"BANK\"")).json().get("Accounts");
    assertThat(banks).hasSize(2);
    assertThat(banks.get(1).get("BankAccountType").textValue()).isEqualTo("CREDITCARD");
    assertThat(xero.get("/TaxRates").json().get("TaxRates")).hasSize(2);
    assertThat(xero.get("/CreditNotes?page=1").json().get("CreditNotes")).isEmpty();
  }

  @Test
  void itemsAreKeyedByCode() {
    assertThat(xero.call("PUT", "/Items", "{'Items':[{'Code':'A.1','Name':'a'}]}").status())
        .isEqualTo(200);
    assertThat(error(xero.call("PUT", "/Items", "{'Code':'A.1'}")))
        .isEqualTo("Price List Item with Code 'A.1' already exists");
    Http.Reply upserted = xero.call("POST", "/Items", "{'Items':[{'Code':'A.1','Name':'b'}]}");
    assertThat(upserted.json().at("/Items/0/Name").textValue()).isEqualTo("b");
    assertThat(error(xero.call("PUT", "/Items", "{'Code':'" + "c".repeat(31) + "'}")))
        .contains("30");
    assertThat(error(xero.call("PUT", "/Items", "{'Code':'N','Name':'" + "c".repeat(51) + "'}")))
        .contains("50");
    assertThat(xero.get("/Items/A.1").status()).isEqualTo(200);
    String id = upserted.json().at("/Items/0/ItemID").textValue();
    assertThat(xero.call("DELETE", "/Items/" + id, null).status()).isEqualTo(204);
    assertThat(xero.get("/Items/" + id).status()).isEqualTo(404);
  }

  @Test
  void trackingOptionsAreUniqueTrimmedAndLimited() {
    String options = "/TrackingCategories/" + XeroWorld.PROJECTS + "/Options";
    JsonNode option = xero.call("PUT", options, "{'Name':'2026-014 Pier'}").json().at("/Options/0");
    assertThat(option.get("IsActive").booleanValue()).isTrue();
    assertThat(error(xero.call("PUT", options, "{'Name':'2026-014 pier'}")))
        .isEqualTo("For each specified tracking option the name must be unique.");
    assertThat(xero.call("PUT", options, "{'Name':'Pier 2 '}").status()).isEqualTo(500);
    assertThat(error(xero.call("PUT", options, "{'Name':'" + "x".repeat(101) + "'}")))
        .contains("100");
    xero.set("{'trackingOptionLimit':2}");
    assertThat(error(xero.call("PUT", options, "{'Name':'Third'}"))).contains("maximum");
    xero.set("{'trackingOptionLimit':0}");
    String path = options + "/" + option.get("TrackingOptionID").textValue();
    assertThat(
            xero.call("POST", path, "{'Status':'ARCHIVED'}")
                .json()
                .at("/Options/0/IsArchived")
                .booleanValue())
        .isTrue();
    assertThat(xero.get("/TrackingCategories").text()).doesNotContain("2026-014");
    assertThat(xero.get("/TrackingCategories?includeArchived=true").text()).contains("2026-014");
    xero.create("USES-TOWER");
    assertThat(xero.call("DELETE", options + "/" + XeroWorld.TOWER, null).status()).isEqualTo(400);
    assertThat(xero.call("DELETE", path, null).status()).isEqualTo(200);
    assertThat(xero.call("PUT", "/TrackingCategories", "{'Name':'Region'}").status())
        .isEqualTo(200);
    assertThat(xero.call("PUT", "/TrackingCategories", "{'Name':'Third'}").status()).isEqualTo(400);
  }

  @Test
  void contactNamesAreUniqueOverActiveOnes() {
    assertThat(error(xero.call("PUT", "/Contacts", "{'Name':'IRONWORKS ltd'}")))
        .startsWith("The contact name IRONWORKS ltd is already assigned");
    JsonNode made =
        xero.call("PUT", "/Contacts", "{'Contacts':[{'Name':'New Co','ContactNumber':'V-77'}]}")
            .json()
            .at("/Contacts/0");
    assertThat(made.get("IsSupplier").booleanValue()).isFalse();
    assertThat(xero.get("/Contacts/V-77").json().at("/Contacts/0/ContactID"))
        .isEqualTo(made.get("ContactID"));
    JsonNode matched =
        xero.call("POST", "/Contacts", "{'Name':'new co','EmailAddress':'a@b.example'}")
            .json()
            .at("/Contacts/0");
    assertThat(matched.get("ContactID"))
        .as("POST matches by name")
        .isEqualTo(made.get("ContactID"));
    assertThat(error(xero.call("POST", "/Contacts/" + XeroWorld.ARCHIVED_VENDOR, "{'Name':'x'}")))
        .isEqualTo(ContactChoice.ARCHIVED);
    assertThat(error(xero.call("PUT", "/Contacts", "{'Name':' spaced'}"))).contains("spaces");
    assertThat(xero.get("/Contacts?page=1").text()).doesNotContain("Gone Ltd");
    assertThat(xero.get("/Contacts?page=1&includeArchived=true").text()).contains("Gone Ltd");
    assertThat(
            xero.get("/Contacts?where=" + XeroWorld.encoded("Name==\"ironworks LTD\""))
                .json()
                .get("Contacts"))
        .hasSize(1);
  }

  @Test
  void contactsAreRefusedForTheirParts() {
    assertThat(put("'EmailAddress':'not one'")).contains("Email");
    assertThat(put("'EmailAddress':'b\u00fccher@x.example'")).contains("Email");
    assertThat(put("'BankAccountDetails':'12-3456'")).contains("permission");
    assertThat(put("'Phones':[{'PhoneType':'FAX','PhoneNumber':'" + "1".repeat(51) + "'}]"))
        .contains("PhoneNumber", "50");
    assertThat(put("'Phones':[{'PhoneNumber':'1'}]")).contains("PhoneType");
    assertThat(put("'Addresses':[{'AddressType':'POBOX','Country':'U.S.'}]")).contains("letters");
    assertThat(put("'Addresses':[{'AddressType':'POBOX','City':'" + "c".repeat(256) + "'}]"))
        .contains("City", "255");
    assertThat(put("'ContactNumber':'" + "n".repeat(51) + "'")).contains("ContactNumber", "50");
    assertThat(
            xero.call(
                    "PUT",
                    "/Contacts",
                    "{'Name':'P','Phones':[{'PhoneType':'HOME','PhoneNumber':'1'}]}")
                .status())
        .isEqualTo(400);
  }

  private static String put(String part) {
    return error(xero.call("PUT", "/Contacts", "{'Name':'Parts'," + part + "}"));
  }

  @Test
  void aMergedContactSaysIntoWhatWhenReadAloneOrInPages() {
    String loser =
        xero.call("PUT", "/Contacts", "{'Name':'Loser'}")
            .json()
            .at("/Contacts/0/ContactID")
            .asText();
    xero.control(
        "POST",
        "contacts",
        "{'tenantId':'"
            + XeroWorld.TENANT
            + "','contactId':'"
            + loser
            + "','do':'merge','into':'"
            + XeroWorld.VENDOR
            + "'}");
    JsonNode alone = xero.get("/Contacts/" + loser).json().at("/Contacts/0");
    assertThat(alone.get("MergedToContactID").textValue()).isEqualTo(XeroWorld.VENDOR);
    assertThat(alone.get("ContactStatus").textValue()).isEqualTo("ARCHIVED");
    assertThat(xero.get("/Contacts?includeArchived=true&page=1&pageSize=1000").text())
        .contains("MergedToContactID");
    assertThat(xero.get("/Contacts?includeArchived=true").text())
        .doesNotContain("MergedToContactID");
  }

  private static String order(String number, String more) {
    return "{'PurchaseOrderNumber':'"
        + number
        + "','Contact':{'ContactID':'"
        + XeroWorld.VENDOR
        + "'},'Date':'2026-02-01','Status':'AUTHORISED',"
        + more
        + "'LineItems':[{'Description':'L','Quantity':3,'UnitAmount':1.23456,'AccountCode':'500','TaxType':'NONE'}]}";
  }

  @Test
  void purchaseOrderNumbersCollideAsRecorded() {
    JsonNode made =
        xero.call("PUT", "/PurchaseOrders", order("SC-1", "")).json().at("/PurchaseOrders/0");
    assertThat(made.at("/LineItems/0/UnitAmount").decimalValue().toPlainString())
        .as("four decimals without unitdp")
        .isEqualTo("1.2346");
    assertThat(error(xero.call("PUT", "/PurchaseOrders", order("SC-1", ""))))
        .isEqualTo("Order number must be unique");
    JsonNode overwritten =
        xero.call("POST", "/PurchaseOrders", order("SC-1", "'Reference':'other',"))
            .json()
            .at("/PurchaseOrders/0");
    assertThat(overwritten.get("PurchaseOrderID"))
        .as("a POST with a live number overwrites that order")
        .isEqualTo(made.get("PurchaseOrderID"));
    String path = "/PurchaseOrders/" + made.get("PurchaseOrderID").textValue();
    assertThat(
            xero.call("POST", path, "{'Status':'DELETED'}")
                .json()
                .at("/PurchaseOrders/0/Status")
                .textValue())
        .isEqualTo("DELETED");
    JsonNode burned =
        xero.call("POST", "/PurchaseOrders", order("SC-1", "")).json().at("/Elements/0");
    assertThat(burned.get("PurchaseOrderID").textValue())
        .isEqualTo("00000000-0000-0000-0000-000000000000");
    assertThat(XeroWorld.messages(burned))
        .containsExactly(
            "PurchaseOrder status change is invalid", "Deleted PurchaseOrders cannot be updated");
    assertThat(xero.get("/PurchaseOrders?page=1&Status=DELETED").json().get("PurchaseOrders"))
        .hasSize(1);
    assertThat(xero.get("/PurchaseOrders/SC-1").json().at("/PurchaseOrders/0/Type").textValue())
        .isEqualTo("PURCHASEORDER");
  }

  @Test
  void linesOfAPurchaseOrderAreReplacedAndABilledOneTakesNone() {
    JsonNode made =
        xero.call("PUT", "/PurchaseOrders", order("SC-9", "")).json().at("/PurchaseOrders/0");
    String path = "/PurchaseOrders/" + made.get("PurchaseOrderID").textValue();
    String kept = "{'LineItemID':'" + made.at("/LineItems/0/LineItemID").textValue() + "'}";
    String more = "{'Description':'M','Quantity':1,'UnitAmount':5,'AccountCode':'500'}";
    JsonNode both =
        xero.call("POST", path, "{'LineItems':[" + kept + "," + more + "]}")
            .json()
            .at("/PurchaseOrders/0");
    assertThat(both.get("LineItems")).hasSize(2);
    assertThat(both.at("/LineItems/0/LineItemID"))
        .as("a line that is listed by its id stays")
        .isEqualTo(made.at("/LineItems/0/LineItemID"));
    assertThat(
            xero.call("POST", path, "{'LineItems':[" + more + "]}")
                .json()
                .at("/PurchaseOrders/0/LineItems"))
        .as("a line that is not listed is deleted")
        .hasSize(1);
    assertThat(
            error(
                xero.call(
                    "POST",
                    path,
                    "{'LineItems':[{'Description':'C','Quantity':1,'UnitAmount':-9,'AccountCode':'500'}]}")))
        .contains("greater than or equal to zero");
    assertThat(xero.call("POST", path, "{'Status':'BILLED'}").status()).isEqualTo(200);
    assertThat(error(xero.call("POST", path, "{'LineItems':[" + more + "]}"))).contains("BILLED");
    xero.set("{'billedOrderLines':'take'}");
    assertThat(xero.call("POST", path, "{'LineItems':[" + more + "]}").status()).isEqualTo(200);
  }
}
