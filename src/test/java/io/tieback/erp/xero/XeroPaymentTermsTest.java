package io.tieback.erp.xero;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.erp.PaymentTerms;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XeroPaymentTermsTest {

  @ParameterizedTest(name = "{0} {1}: a bill of {2} falls due on {3}")
  @CsvSource({
    "DAYSAFTERBILLDATE, 30, 2026-01-31, 2026-03-02",
    "DAYSAFTERBILLDATE, 0, 2026-01-31, 2026-01-31",
    "DAYSAFTERBILLMONTH, 10, 2026-02-03, 2026-03-10",
    "DAYSAFTERBILLMONTH, 0, 2028-02-03, 2028-02-29",
    "OFCURRENTMONTH, 20, 2026-02-03, 2026-02-20",
    "OFCURRENTMONTH, 31, 2026-02-03, 2026-02-28",
    "OFFOLLOWINGMONTH, 20, 2026-12-31, 2027-01-20",
    "OFFOLLOWINGMONTH, 31, 2026-01-31, 2026-02-28",
  })
  void followsXerosFourKinds(String type, int day, LocalDate date, LocalDate due) throws Exception {
    PaymentTerms terms =
        terms("{'PaymentTerms':{'Bills':{'Day':" + day + ",'Type':'" + type + "'}}}").orElseThrow();
    assertThat(terms.dueDate(date)).isEqualTo(due);
    assertThat(terms.inWords()).contains(String.valueOf(day));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'PaymentTerms':{}}",
        "{'PaymentTerms':{'Sales':{'Day':3,'Type':'DAYSAFTERBILLDATE'}}}",
        "{'PaymentTerms':{'Bills':{'Day':3,'Type':'SOMEDAY'}}}",
        "{'PaymentTerms':{'Bills':{'Type':'OFCURRENTMONTH'}}}"
      })
  void guessesNoDateWhereTheSupplierHasNoTerms(String contact) throws Exception {
    assertThat(terms(contact)).isEmpty();
  }

  @Test
  void keepsASuppliersTermsForAWhile() {
    try (XeroCompany xero = new XeroCompany()) {
      assertThat(
              xero.adapter()
                  .paymentTerms(XeroCompany.SUPPLIER)
                  .orElseThrow()
                  .dueDate(LocalDate.of(2026, 3, 31)))
          .isEqualTo(LocalDate.of(2026, 4, 20));
      xero.adapter().paymentTerms(XeroCompany.SUPPLIER);
      assertThat(xero.requests()).isEqualTo(1);
      xero.letPass(java.time.Duration.ofMinutes(16));
      xero.adapter().paymentTerms(XeroCompany.SUPPLIER);
      assertThat(xero.requests("GET /api.xro/2.0/Contacts/{id}")).isEqualTo(2);
    }
  }

  private static Optional<PaymentTerms> terms(String contact) throws Exception {
    return XeroPaymentTerms.of(
        Json.read(contact.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
