package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DueDatePolicyTest {

  private static final LocalDate BILLED = LocalDate.of(2026, 1, 31);
  private static final LocalDate BY_FIELD = LocalDate.of(2026, 2, 10);
  private static final LocalDate BY_TERMS = LocalDate.of(2026, 3, 20);

  private final DueDatePolicy all =
      DueDatePolicy.parse("erp_custom_field:payment_due_date, billing_date+30 ,vendor_terms");

  @Test
  @DisplayName("C-02: the first source that yields a date wins, and says which it was")
  void order() {
    DueDatePolicy.DueDate byField =
        all.resolve(BILLED, Map.of("payment_due_date", BY_FIELD), () -> Optional.of(BY_TERMS))
            .orElseThrow();
    assertThat(byField.date()).isEqualTo(BY_FIELD);
    assertThat(byField.sourceInWords()).isEqualTo("ERP custom field payment_due_date");

    DueDatePolicy.DueDate byBilling =
        all.resolve(BILLED, Map.of("other", BY_FIELD), () -> Optional.of(BY_TERMS)).orElseThrow();
    assertThat(byBilling.date()).isEqualTo(LocalDate.of(2026, 3, 2));
    assertThat(byBilling.sourceInWords()).isEqualTo("billing date + 30 days");

    DueDatePolicy.DueDate byTerms =
        DueDatePolicy.parse("vendor_terms,billing_date+30")
            .resolve(BILLED, Map.of(), () -> Optional.of(BY_TERMS))
            .orElseThrow();
    assertThat(byTerms.date()).isEqualTo(BY_TERMS);
    assertThat(byTerms.sourceInWords()).isEqualTo("payment terms of the vendor");
  }

  @Test
  @DisplayName("C-02: when no source yields a date there is none, and nothing is made up")
  void none() {
    assertThat(
            DueDatePolicy.parse("erp_custom_field:due,vendor_terms")
                .resolve(BILLED, Map.of(), Optional::empty))
        .isEmpty();
    assertThat(all.resolve(null, Map.of(), Optional::empty)).isEmpty();
    assertThat(DueDatePolicy.parse("").resolve(BILLED, Map.of(), () -> Optional.of(BY_TERMS)))
        .isEmpty();
  }

  @Test
  void theVendorsTermsAreNotAskedForInVain() {
    Optional<DueDatePolicy.DueDate> due =
        all.resolve(
            BILLED,
            Map.of(),
            () -> {
              throw new AssertionError(
                  "the terms cost an API call and an earlier source has the date");
            });
    assertThat(due).isPresent();
    assertThat(all.asksVendorTerms()).isTrue();
    assertThat(DueDatePolicy.parse("billing_date+30").asksVendorTerms()).isFalse();
  }

  @Test
  void whenItWasPaidIsNoSource() {
    assertThatThrownBy(() -> DueDatePolicy.parse("payment_date"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'payment_date'")
        .hasMessageContaining("billing_date+<days>");
  }
}
