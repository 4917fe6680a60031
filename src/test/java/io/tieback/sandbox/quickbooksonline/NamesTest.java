package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.fault;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Vendors, customers, items and what else has a name (reference sections 3.1 to 3.4, 3.9). */
class NamesTest {
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void aNameIsUniqueAcrossVendorsCustomersAndEmployeesInactiveOnesToo() {
    for (String taken : new String[] {"ironworks ltd", "Port Authority", "Gone Ltd"}) {
      assertThat(fault(books.post("/vendor", "{'DisplayName':'" + taken + "'}")))
          .startsWith("6240");
    }
    assertThat(fault(books.post("/vendor", "{'DisplayName':'Ann O\\u0027Hara'}")))
        .startsWith("6240")
        .contains("Id=31");
    JsonNode vendor = books.made("Vendor", "{'DisplayName':'Port Authority (V)'}");
    assertThat(vendor.get("Active").booleanValue()).isTrue();
    assertThat(vendor.at("/CurrencyRef/value").textValue()).isEqualTo("USD");
  }

  @Test
  void namesWithColonTabOrNewLineAndWrongLengthsAreRefused() {
    for (String bad : new String[] {"A: B", "A\\tB", "A\\nB"}) {
      assertThat(fault(books.post("/vendor", "{'DisplayName':'" + bad + "'}"))).startsWith("6000");
    }
    assertThat(fault(books.post("/vendor", "{'DisplayName':'" + "x".repeat(501) + "'}")))
        .startsWith("2050");
    assertThat(
            fault(books.post("/vendor", "{'DisplayName':'X','Suffix':'" + "x".repeat(17) + "'}")))
        .startsWith("2050");
    assertThat(fault(books.post("/vendor", "{'CompanyName':'X'}"))).startsWith("2020");
    assertThat(
            fault(
                books.post(
                    "/vendor", "{'Id':'11','SyncToken':'0','sparse':true,'DisplayName':null}")))
        .startsWith("2020");
  }

  @Test
  void aFullUpdateOfAVendorEmptiesWhatIsOmittedAndASparseOneDoesNot() {
    JsonNode sparse =
        books.made("Vendor", "{'Id':'11','SyncToken':'0','sparse':true,'CompanyName':'Ironworks'}");
    assertThat(sparse.at("/TermRef/value").textValue()).isEqualTo("3");
    JsonNode full =
        books.made("Vendor", "{'Id':'11','SyncToken':'1','DisplayName':'Ironworks Ltd'}");
    assertThat(full.has("TermRef")).isFalse();
    assertThat(full.has("CompanyName")).isFalse();
  }

  @Test
  void vendorsAreMadeInactiveNotDeleted() {
    assertThat(fault(books.post("/vendor?operation=delete", "{'Id':'11','SyncToken':'0'}")))
        .startsWith("500");
    books.made("Vendor", "{'Id':'11','SyncToken':'0','sparse':true,'Active':false}");
    assertThat(books.found("select * from Vendor where DisplayName = 'Ironworks Ltd'").isEmpty())
        .isTrue();
  }

  @Test
  void projectsAreSubCustomersThatTheApiCannotMake() {
    JsonNode project = books.read("Customer", "22");
    assertThat(project.get("FullyQualifiedName").textValue())
        .isEqualTo("Port Authority:Harbour Tower");
    assertThat(project.get("Level").intValue()).isEqualTo(1);
    assertThat(project.get("IsProject").booleanValue()).isTrue();
    String job = "{'DisplayName':'Pier 9','Job':true,'ParentRef':{'value':'21'}";
    assertThat(fault(books.post("/customer", job + ",'IsProject':true}")))
        .startsWith("2010")
        .contains("IsProject");
    assertThat(books.made("Customer", job + "}").get("IsProject").booleanValue()).isFalse();
    assertThat(fault(books.post("/customer", "{'DisplayName':'Pier 8','Job':true}")))
        .startsWith("2020");
    JsonNode renamed =
        books.made(
            "Customer",
            "{'Id':'22','SyncToken':'0','DisplayName':'Tower','Job':true,'ParentRef':{'value':'21'}}");
    assertThat(renamed.get("IsProject").booleanValue()).as("cannot be lost either").isTrue();
  }

  @Test
  void itemsNeedAnIncomeAccountAndTheirParentIsACategory() {
    String item = "{'Name':'1001-01-100.L','Type':'Service','IncomeAccountRef':{'value':'4'}";
    assertThat(fault(books.post("/item", "{'Name':'X','Type':'Service'}")))
        .startsWith("2020")
        .contains("IncomeAccountRef");
    assertThat(fault(books.post("/item", item + ",'SubItem':true,'ParentRef':{'value':'1'}}")))
        .contains("category");
    assertThat(fault(books.post("/item", "{'Name':'" + "x".repeat(101) + "','Type':'Service'}")))
        .startsWith("2050");
    JsonNode made =
        books.made("Item", item + ",'SubItem':true,'ParentRef':{'value':'5'},'Sku':'S1'}");
    assertThat(made.get("FullyQualifiedName").textValue()).isEqualTo("Codes:1001-01-100.L");
    assertThat(fault(books.post("/item", item.replace("1001-01-100.L", "retainage") + "}")))
        .startsWith("6240");
    assertThat(books.found("select * from Item where Sku = 'S1'").at("/Item/0").has("Sku"))
        .isFalse();
    assertThat(books.found("select *, Sku from Item where Sku = 'S1'").at("/Item/0/Sku").asText())
        .isEqualTo("S1");
  }

  @Test
  void preferencesAndCompanyTellTheEditionAndTheClosingDate() {
    JsonNode preferences = books.get("/preferences").json().get("Preferences");
    assertThat(preferences.at("/AccountingInfoPrefs/BookCloseDate").textValue())
        .isEqualTo("2025-12-31");
    assertThat(preferences.at("/OtherPrefs/NameValue/0/Value").textValue()).isEqualTo("true");
    JsonNode info = books.get("/companyinfo/" + books.realm).json().get("CompanyInfo");
    assertThat(info.get("Country").textValue()).isEqualTo("US");
    assertThat(info.at("/NameValue/0/Name").textValue()).isEqualTo("OfferingSku");
    assertThat(books.found("select * from Preferences").has("Preferences")).isTrue();
  }

  @Test
  void budgetsCanOnlyBeRead() {
    assertThat(fault(books.post("/budget", "{'Name':'2027'}"))).startsWith("500");
    assertThat(books.found("select * from Budget").at("/Budget/0/Name").asText()).isEqualTo("2026");
  }
}
