package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Supplier;
import io.tieback.construction.Supplier.Address;
import io.tieback.construction.Supplier.Phone;
import io.tieback.construction.Supplier.PhoneUse;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a company can become a supplier as it is. */
class SupplierChecksTest {

  private static final Address ADDRESS = new Address("1 Main St", "Austin", "TX", "78701", "US");

  private static Supplier named(String name) {
    return new Supplier("m", 7, name, null, List.of(), null, null);
  }

  private static List<Finding> check(Supplier supplier, int nameLength) {
    return SupplierChecks.of(supplier, null, "Xero", SupplierLimits.xero(nameLength));
  }

  @Test
  @DisplayName("A sound company passes")
  void passes() {
    Supplier sound =
        new Supplier(
            "m",
            7,
            "Ironline Steel Inc",
            "ap@ironline.example",
            List.of(new Phone(PhoneUse.BUSINESS, "(512) 555-0199")),
            ADDRESS,
            null);
    assertThat(check(sound, 41)).isEmpty();
  }

  @Test
  @DisplayName(
      "XR-COY-04 GEN-COY-05: a name of 42 characters is refused with Procore's words, 41 pass")
  void nameLength() {
    assertThat(check(named("n".repeat(41)), 41)).isEmpty();
    assertThat(check(named("n".repeat(42)), 41))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("XR-COY-04");
              assertThat(finding.found()).contains("42 characters");
              assertThat(finding.sentence())
                  .contains("at most 41 characters")
                  .contains(
                      "This Vendor cannot be sent to ERP because name must be less than 42"
                          + " characters")
                  .contains("companies.name-length");
            });
  }

  @Test
  @DisplayName(
      "C-01: the limit of the name is a setting up to Xero's own 255, and the message names it")
  void nameLimitIsASetting() {
    assertThat(check(named("n".repeat(255)), 255)).isEmpty();
    assertThat(check(named("n".repeat(256)), 255))
        .singleElement()
        .satisfies(finding -> assertThat(finding.limit()).contains("at most 255"));
    assertThat(SupplierLimits.xero(1000).nameLength()).isEqualTo(255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A <b>", "A > B", " Ahead", "Behind ", "Two  spaces", "Line\nbreak", " "})
  @DisplayName("TB-COY-01: characters and spaces that Xero refuses are refused before sending")
  void characters(String name) {
    assertThat(check(named(name), 41)).extracting(Finding::ruleId).containsExactly("TB-COY-01");
  }

  @Test
  @DisplayName("TB-COY-02: what would be cut is refused, every part at once, with its limit")
  void lengths() {
    Supplier over =
        new Supplier(
            "m",
            7,
            "Name",
            "e".repeat(250) + "@x.example",
            List.of(
                new Phone(PhoneUse.BUSINESS, "1".repeat(51)),
                new Phone(PhoneUse.FAX, "1".repeat(50))),
            new Address(
                "l".repeat(501) + "\n2\n3\n4\n5",
                "c".repeat(256),
                "r".repeat(256),
                "9".repeat(51),
                "U.S.A."),
            null);
    assertThat(check(over, 41))
        .allSatisfy(finding -> assertThat(finding.ruleId()).isEqualTo("TB-COY-02"))
        .extracting(Finding::field)
        .containsExactly(
            "E-mail", "Business phone", "Address", "Address", "City", "State", "Zip", "Country");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no address", "two@x.example, three@x.example", "bücher@x.example"})
  @DisplayName("TB-COY-02: an e-mail address that Xero does not take is refused")
  void emails(String address) {
    assertThat(check(new Supplier("m", 7, "N", address, List.of(), null, null), 41))
        .extracting(Finding::field)
        .containsExactly("E-mail");
  }

  @Test
  @DisplayName("GEN-API-25: a company that is synced is not exported again")
  void synced() {
    assertThat(
            SupplierChecks.of(
                named("N"), "xero:harbour:contact:1", "Xero", SupplierLimits.xero(41)))
        .extracting(Finding::ruleId)
        .containsExactly("GEN-API-25");
  }
}
