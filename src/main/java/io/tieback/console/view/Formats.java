package io.tieback.console.view;

import io.tieback.construction.Money;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How figures and times are written for one reader: in their language, in the company's time zone.
 * Templates calculate and format nothing themselves.
 */
public final class Formats {

  /** Where nothing depends on the zone. */
  public static final ZoneId UTC = ZoneOffset.UTC;

  private static final Locale ENGLISH = Locale.US;
  private static final Locale FRENCH = Locale.CANADA_FRENCH;

  /** Each symbol names one currency; Java's own differ from version to version. */
  private static final Map<String, String> ENGLISH_SYMBOLS =
      Map.of("USD", "$", "CAD", "CA$", "AUD", "A$", "NZD", "NZ$", "EUR", "€", "GBP", "£");

  private static final Map<String, String> FRENCH_SYMBOLS =
      Map.of(
          "CAD",
          "$",
          "USD",
          "$\u00a0US",
          "AUD",
          "$\u00a0AU",
          "NZD",
          "$\u00a0NZ",
          "EUR",
          "€",
          "GBP",
          "£");

  private final Locale locale;
  private final ZoneId zone;

  private Formats(Locale locale, ZoneId zone) {
    this.locale = locale;
    this.zone = zone;
  }

  /** Formats of a language and a zone. */
  public static Formats of(Locale language, ZoneId zone) {
    return new Formats(Messages.language(language).equals(Locale.FRENCH) ? FRENCH : ENGLISH, zone);
  }

  /**
   * An amount, always with two decimals: {@code $1,250.00}, {@code 1 250,00 $}. A negative one has
   * a real minus, not parentheses, so that it reads aloud well.
   *
   * @param currency ISO 4217 code, or null for the bare figure
   */
  public String money(Money amount, String currency) {
    String figure = figures("#,##0.00").format(amount.amount().abs());
    String sign = amount.isNegative() ? "−" : "";
    if (currency == null || currency.isBlank()) {
      return sign + figure;
    }
    return locale.equals(FRENCH)
        ? sign + figure + '\u00a0' + FRENCH_SYMBOLS.getOrDefault(currency, currency)
        : sign + ENGLISH_SYMBOLS.getOrDefault(currency, currency + '\u00a0') + figure;
  }

  /**
   * An amount as people of this language type it: {@code 10,000} and {@code 1,250.50} in English,
   * {@code 10 000}, {@code 10.000} and {@code 1250,50} in French, {@code 1250.5} and a currency's
   * sign in both. Empty when it could mean something else, or has more than two decimals.
   */
  public Optional<Money> amount(String typed) {
    String plain = typed.replaceAll("[\\s\u00a0\u202f\u2019$€£]", "").replace('−', '-');
    String group = locale.equals(FRENCH) ? "." : ",";
    String point = locale.equals(FRENCH) ? "," : ".";
    if (plain.matches("-?[0-9]{1,3}([" + group + "][0-9]{3})+([" + point + "][0-9]{1,2})?")) {
      plain = plain.replace(group, "");
    }
    plain = plain.replace(',', '.');
    return plain.matches("-?[0-9]{1,12}([.][0-9]{1,2})?")
        ? Optional.of(Money.rounded(new BigDecimal(plain)))
        : Optional.empty();
  }

  /** A quantity or unit price, with the decimals that it has. */
  public String quantity(BigDecimal quantity) {
    return figures("#,##0.##########").format(quantity).replace('-', '−');
  }

  /** A whole number with its groups. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number).replace('-', '−');
  }

  /** A day: {@code Mar 2, 2026}, {@code 2 mars 2026}. */
  public String date(LocalDate date) {
    return DateTimeFormatter.ofPattern(locale.equals(FRENCH) ? "d MMM yyyy" : "MMM d, yyyy", locale)
        .format(date);
  }

  /** A moment in the company's zone: {@code Mar 2, 2026, 8:00 AM}, {@code 2 mars 2026, 08 h 00}. */
  public String dateTime(Instant moment) {
    ZonedDateTime there = moment.atZone(zone);
    String time =
        DateTimeFormatter.ofPattern(locale.equals(FRENCH) ? "HH 'h' mm" : "h:mm a", locale)
            .format(there);
    return date(there.toLocalDate()) + ", " + time;
  }

  /** A moment as programs read it, for {@code <time datetime>}. */
  public String machineTime(Instant moment) {
    return moment.toString();
  }

  /** The day of a moment in the company's zone. */
  public LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, zone);
  }

  /**
   * How long ago, as short as it is told: {@code 20 s}, {@code 3 h}, {@code 5 d} (French {@code
   * j}).
   */
  public String age(Instant since, Instant now) {
    return period(Duration.between(since, now));
  }

  /** A period in its largest unit. */
  public String period(Duration period) {
    long seconds = Math.max(0, period.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min";
    }
    if (seconds < 86_400) {
      return seconds / 3_600 + " h";
    }
    return number(seconds / 86_400) + (locale.equals(FRENCH) ? " j" : " d");
  }

  /** A share of one whole, such as {@code 45%} or {@code 45 %}. */
  public String percent(BigDecimal share) {
    return NumberFormat.getPercentInstance(locale).format(share);
  }

  /** The company's zone. */
  public ZoneId zone() {
    return zone;
  }

  private DecimalFormat figures(String pattern) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
  }
}
