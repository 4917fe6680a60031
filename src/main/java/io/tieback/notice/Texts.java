package io.tieback.notice;

import io.tieback.construction.Money;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of mails in one language, and figures as its readers write them. {@code {0}} in a text
 * stands for the first value; a value's own braces are left as they are.
 */
public final class Texts {

  private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  /** Marks that turn the direction of what follows: a name could show as another. */
  private static final Pattern DIRECTION =
      Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Texts ENGLISH = new Texts(Locale.ENGLISH, Locale.US);
  private static final Texts FRENCH = new Texts(Locale.FRENCH, Locale.CANADA_FRENCH);

  private final Locale locale;
  private final Locale region;
  private final ResourceBundle bundle;

  private Texts(Locale language, Locale region) {
    this.locale = language;
    this.region = region;
    this.bundle =
        ResourceBundle.getBundle(
            "io.tieback.notice.mail",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** French for French in any country, else English. */
  public static Texts of(Locale locale) {
    return locale != null && locale.getLanguage().equals("fr") ? FRENCH : ENGLISH;
  }

  /** {@code en} or {@code fr}. */
  public String language() {
    return locale.getLanguage();
  }

  /**
   * A text of the bundle.
   *
   * @throws java.util.MissingResourceException when it has none of that key
   */
  public String get(String key, Object... values) {
    Matcher place = PLACE.matcher(bundle.getString(key));
    StringBuilder text = new StringBuilder();
    while (place.find()) {
      Object value = values[Integer.parseInt(place.group(1))];
      place.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(value)));
    }
    return place.appendTail(text).toString();
  }

  /** A text that counts: key {@code .one} for one (and, in French, none), {@code .many} else. */
  public String count(String key, long number, Object... more) {
    boolean one = number == 1 || (number == 0 && language().equals("fr"));
    Object[] values = new Object[more.length + 1];
    values[0] = whole(number);
    System.arraycopy(more, 0, values, 1, more.length);
    return get(key + (one ? ".one" : ".many"), values);
  }

  /** A whole number. */
  public String whole(long number) {
    return NumberFormat.getIntegerInstance(region).format(number);
  }

  /** An amount with its currency's code: {@code 1,234.50 CAD}. */
  public String money(Money amount, String currency) {
    NumberFormat format = NumberFormat.getNumberInstance(region);
    format.setMinimumFractionDigits(2);
    format.setMaximumFractionDigits(2);
    format.setRoundingMode(RoundingMode.UNNECESSARY);
    String figure = format.format(amount.amount());
    return currency == null || currency.isBlank() ? figure : figure + "\u00a0" + line(currency);
  }

  /** A day: {@code 1 Dec 2026}. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofPattern("d MMM uuuu", region).format(day);
  }

  /** A moment, with the zone's short name. */
  public String moment(ZonedDateTime moment) {
    return DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm z", region).format(moment);
  }

  /** How long something has waited: in days from two days on, else in hours. */
  public String age(Duration age) {
    long hours = Math.max(0, age.toHours());
    if (hours < 1) {
      return get("age.new");
    }
    return hours < 48 ? count("age.hours", hours) : count("age.days", age.toDays());
  }

  /** A name or number from outside on one line, without what could turn or break it. */
  public static String line(String value) {
    if (value == null) {
      return "";
    }
    return DIRECTION.matcher(BREAKS.matcher(value).replaceAll(" ")).replaceAll("").strip();
  }

  /** A text from outside whose lines are kept. */
  public static String lines(String value) {
    return value == null ? "" : String.join("\n", value.lines().map(Texts::line).toList()).strip();
  }

  /** A subject: one line, cut where mail programs show no more, and saying so. */
  static String subject(String value) {
    String line = line(value);
    int longest = 180;
    if (line.length() <= longest) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return line.substring(0, end) + "\u2026";
  }
}
