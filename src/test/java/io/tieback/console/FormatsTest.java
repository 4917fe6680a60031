package io.tieback.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.console.view.Formats;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.construction.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FormatsTest {

  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private final Formats english = Formats.of(Locale.ENGLISH, CHICAGO);
  private final Formats french = Formats.of(Locale.FRENCH, CHICAGO);

  @Test
  @DisplayName("amounts are exact, with two decimals, in the form of the language")
  void money() {
    assertThat(english.money(Money.of("1234567890123.10"), "USD"))
        .isEqualTo("$1,234,567,890,123.10");
    assertThat(english.money(Money.of("-1250.5"), "USD")).isEqualTo("−$1,250.50");
    assertThat(english.money(Money.of("1250"), null)).isEqualTo("1,250.00");
    for (String typed : new String[] {"10,000", "10 000", "10000.00", "$10,000.0"}) {
      assertThat(english.amount(typed)).as(typed).contains(Money.of("10000"));
    }
    for (String typed : new String[] {"10 000,50", "10.000,50", "10000,50", "10000.5"}) {
      assertThat(french.amount(typed)).as(typed).contains(Money.of("10000.50"));
    }
    assertThat(english.amount("1,5")).contains(Money.of("1.50"));
    assertThat(english.amount("−3")).contains(Money.of("-3"));
    for (String typed : new String[] {"much", "1.234", "10,00,0", "1e3", ""}) {
      assertThat(english.amount(typed)).as(typed).isEmpty();
    }
    assertThat(english.money(Money.of("1250"), "CAD")).isEqualTo("CA$1,250.00");
    assertThat(plain(french.money(Money.of("-1250.5"), "CAD"))).isEqualTo("−1 250,50 $");
    assertThat(plain(french.money(Money.of("1250"), "USD"))).isEqualTo("1 250,00 $ US");
  }

  @Test
  @DisplayName("days and times are the company's")
  void times() {
    Instant moment = Instant.parse("2026-03-03T04:05:00Z");
    assertThat(plain(english.dateTime(moment))).isEqualTo("Mar 2, 2026, 10:05 PM");
    assertThat(plain(french.dateTime(moment))).isEqualTo("2 mars 2026, 22 h 05");
    assertThat(english.day(moment)).isEqualTo(LocalDate.of(2026, 3, 2));
    assertThat(english.age(moment, moment.plusSeconds(59))).isEqualTo("59 s");
    assertThat(english.age(moment, moment.plusSeconds(3 * 3600 + 5))).isEqualTo("3 h");
    assertThat(french.age(moment, moment.plusSeconds(86_400 * 5))).isEqualTo("5 j");
    assertThat(english.quantity(new BigDecimal("-1234.5000"))).isEqualTo("−1,234.5");
  }

  @Test
  @DisplayName("a listing keeps its filter, turns its direction and knows its pages")
  void listing() {
    List<Column> columns = List.of(Column.text("number", "No."), Column.figure("amount", "Amount"));
    Map<String, List<String>> query =
        Map.of("q", List.of("a&b"), "sort", List.of("-amount"), "page", List.of("2"));
    Listing.Wanted wanted = Listing.wanted(query, columns, "number", 50);
    assertThat(wanted).isEqualTo(new Listing.Wanted("amount", true, 2, 50));
    Listing listing = Listing.of("/console/x", query, columns, wanted, 50, 120);
    assertThat(listing.first()).isEqualTo(51);
    assertThat(listing.last()).isEqualTo(100);
    assertThat(listing.columns().get(1).direction()).isEqualTo("descending");
    assertThat(listing.columns().get(1).href())
        .contains("sort=amount", "q=a%26b")
        .doesNotContain("page");
    assertThat(listing.next()).contains("page=3", "sort=-amount");
    assertThat(Listing.wanted(Map.of("sort", List.of("x;drop")), columns, "-number", 50))
        .isEqualTo(new Listing.Wanted("number", true, 1, 50));
  }

  /** With ordinary blanks: the language's own are narrow and do not break. */
  private static String plain(String text) {
    return text.replace('\u00a0', ' ').replace('\u202f', ' ');
  }
}
