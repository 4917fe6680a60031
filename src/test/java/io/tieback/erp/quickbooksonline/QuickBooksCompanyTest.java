package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.construction.BookedCompany;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.Supplier;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.erp.ErpSetup;
import io.tieback.erp.PaymentTerms;
import io.tieback.erp.SetupFinding;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a company of QuickBooks Online tells of itself, over real HTTP with the stand-in. */
class QuickBooksCompanyTest {

  private QuickBooksCompany company = new QuickBooksCompany();

  @AfterEach
  void stop() {
    company.close();
  }

  @Test
  @DisplayName("QBO-COY-01, QBO-API-02: vendors with all that tells them apart, inactive ones too")
  void readsVendors() {
    List<BookedCompany> all = company.adapter().companies().all();
    assertThat(all).extracting(BookedCompany::name).contains("Ironworks Ltd", "Gone Ltd");
    assertThat(all).extracting(BookedCompany::name).doesNotContain("Port Authority");
    BookedCompany vendor = company.adapter().company(QuickBooksCompany.VENDOR).orElseThrow();
    assertThat(vendor.active()).isTrue();
    assertThat(vendor.company().emailAddress()).isEqualTo("office@ironworks.test");
    assertThat(vendor.phones())
        .containsExactly(new Supplier.Phone(Supplier.PhoneUse.BUSINESS, "555 0100"));
    assertThat(vendor.address().street()).isEqualTo("1 Dock Rd");
    assertThat(vendor.address().postalCode()).isEqualTo("97201");
    assertThat(company.adapter().company(QuickBooksCompany.INACTIVE_VENDOR).orElseThrow().active())
        .isFalse();
    assertThat(company.adapter().company("999")).isEmpty();
    assertThat(company.adapter().company(QuickBooksCompany.TOWER)).isEmpty();
  }

  @Test
  @DisplayName("QBO-PRJ-01, QBO-CFG-05: projects come in; plain sub-customers only by setting")
  void readsProjects() {
    assertThat(company.adapter().projects().all())
        .containsExactlyInAnyOrder(
            new ErpProject("22", "Harbour Tower", true), new ErpProject("24", "Pier 4", false));
    company.close();
    company = new QuickBooksCompany(true);
    assertThat(company.adapter().projects().all())
        .extracting(ErpProject::name)
        .containsExactlyInAnyOrder("Harbour Tower", "Old shed", "Pier 4");
  }

  @Test
  @DisplayName(
      "QBO-PRJ-01, QBO-CFG-04: projects are linked, never made; what is not taken says why")
  void declaresWhatItTakes() {
    assertThat(company.adapter().makesProjects()).isFalse();
    assertThat(company.adapter().capabilities().documentsPerCall(DocumentKind.PROJECT))
        .isEqualTo(1);
    assertThat(company.adapter().capabilities().notTaken().get("create_budget"))
        .contains("QBO-CFG-04");
    assertThat(company.adapter().capabilities().requestNames())
        .contains("create_or_update_job", "sync_jobs")
        .doesNotContainAnyElementsOf(company.adapter().capabilities().notTaken().keySet());
  }

  @Test
  void readsTheSetUpAndKeepsItForAWhile() {
    ErpSetup setup = company.adapter().setup();
    assertThat(setup.companyKey()).isEqualTo(QuickBooksCompany.REALM);
    assertThat(setup.companyName()).isEqualTo("Harbour Builders");
    assertThat(setup.baseCurrency()).isEqualTo("USD");
    assertThat(setup.lockedThrough()).isEqualTo(LocalDate.of(2025, 12, 31));
    assertThat(setup.accounts().get("815").currentLiability()).isTrue();
    assertThat(setup.accounts().get("Retainage payable").code()).isEqualTo("815");
    assertThat(setup.accounts().get("500").currentLiability()).isFalse();
    assertThat(setup.accounts().get("Accounts Payable").system()).isTrue();
    assertThat(setup.accounts().get("Old").active()).isFalse();
    int calls = company.requests();
    assertThat(company.adapter().setup()).isEqualTo(setup);
    assertThat(company.requests()).isEqualTo(calls);
    assertThat(company.adapter().taxRates()).isEmpty();
  }

  @Test
  void readsTheTermsOfVendors() {
    PaymentTerms thirty = company.adapter().paymentTerms(QuickBooksCompany.VENDOR).orElseThrow();
    assertThat(thirty.dueDate(LocalDate.of(2026, 11, 6))).isEqualTo("2026-12-06");
    assertThat(thirty.inWords()).isEqualTo("Net 30 (30 days after the bill date)");
    PaymentTerms twentieth = company.adapter().paymentTerms("13").orElseThrow();
    assertThat(twentieth.dueDate(LocalDate.of(2026, 11, 6))).isEqualTo("2026-11-20");
    assertThat(twentieth.dueDate(LocalDate.of(2026, 11, 16))).isEqualTo("2026-12-20");
    assertThat(twentieth.dueDate(LocalDate.of(2026, 11, 25))).isEqualTo("2026-12-20");
    assertThat(company.adapter().paymentTerms(QuickBooksCompany.INACTIVE_VENDOR)).isEmpty();
    Failure failure =
        catchThrowableOfType(Failure.class, () -> company.adapter().paymentTerms("999"));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
  }

  private Optional<SetupFinding> finding(String subject) {
    return company.adapter().examine().stream()
        .filter(one -> one.subject().equals(subject))
        .findFirst();
  }

  @Test
  @DisplayName("QBO-CFG-02, QBO-CFG-06: a company that is set up well has nothing to mend")
  void examinesACompanyThatIsSetUpWell() {
    assertThat(company.adapter().examine())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.ok()).as(one.toString()).isTrue());
    assertThat(finding("QuickBooks Online sign-in").orElseThrow().found())
        .contains("Harbour Builders")
        .contains(QuickBooksCompany.REALM);
    assertThat(finding("Projects").orElseThrow().found()).isEqualTo("1 active of 2");
  }

  @Test
  @DisplayName("QBO-CFG-02, QBO-CFG-05: what is missing in QuickBooks is named with its remedy")
  void examinesACompanyThatLacksThings() {
    QuickBooksCompany.control(
        "POST",
        "company",
        "{'realmId':'"
            + QuickBooksCompany.REALM
            + "','offering':'QuickBooks Online Essentials','projectsEnabled':false,"
            + "'purchaseOrders':false}");
    assertThat(finding("QuickBooks Online company").orElseThrow().remedy())
        .contains("Plus or Advanced");
    assertThat(finding("Projects").orElseThrow().remedy()).contains("sub_customers");
    assertThat(finding("Purchase orders").orElseThrow().ok()).isFalse();
  }

  @Test
  @DisplayName(
      "QBD-INV-03: the item of retainage is a service item, active, on a current liability")
  void examinesTheItemOfRetainage() {
    company.edit(
        "Item",
        "3",
        (com.fasterxml.jackson.databind.node.ObjectNode)
            Json.read(
                """
                {"ExpenseAccountRef": {"value": "5"}}\
                """));
    assertThat(finding("Retainage item").orElseThrow().found()).contains("Cost of Goods Sold");
    company.edit(
        "Item",
        "3",
        (com.fasterxml.jackson.databind.node.ObjectNode)
            Json.read(
                """
                {"Active": false}\
                """));
    assertThat(finding("Retainage item").orElseThrow().found()).contains("inactive");
  }

  @Test
  void leadsToItsPages() {
    assertThat(company.adapter().webAddress("requisition", "145"))
        .contains(URI.create("https://qbo.intuit.com/app/bill?txnId=145"));
    assertThat(company.adapter().webAddress("vendor", "11"))
        .contains(URI.create("https://qbo.intuit.com/app/vendordetail?nameId=11"));
    assertThat(company.adapter().webAddress("budget", "1")).isEmpty();
  }
}
