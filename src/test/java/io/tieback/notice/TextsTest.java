package io.tieback.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Words of mails in both languages. */
class TextsTest {

  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  @Test
  @DisplayName("Both languages have the same texts, with the same values in them")
  void sameTexts() throws IOException {
    Properties english = bundle("mail.properties");
    Properties french = bundle("mail_fr.properties");
    assertThat(french.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(french.getProperty(key)).as(key).isNotBlank();
      assertThat(places(french.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
    assertThat(french).containsEntry("digest.subject", "Résumé quotidien des intégrations ERP");
  }

  private static TreeSet<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  private static Properties bundle(String file) throws IOException {
    Properties texts = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream(file)) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return texts;
  }

  @Test
  void figuresAreWrittenAsTheirReadersDo() {
    Money amount = Money.of("-1234567.8");
    assertThat(Texts.of(Locale.ENGLISH).money(amount, "CAD")).isEqualTo("-1,234,567.80\u00a0CAD");
    assertThat(Texts.of(Locale.CANADA_FRENCH).money(amount, null))
        .isEqualTo("-1\u00a0234\u00a0567,80");
    assertThat(Texts.of(Locale.GERMAN).language()).isEqualTo("en");
    assertThat(Texts.of(Locale.ENGLISH).age(Duration.ofMinutes(59))).isEqualTo("less than an hour");
    assertThat(Texts.of(Locale.ENGLISH).age(Duration.ofMinutes(61))).isEqualTo("1 hour");
    assertThat(Texts.of(Locale.ENGLISH).age(Duration.ofHours(47))).isEqualTo("47 hours");
    assertThat(Texts.of(Locale.FRENCH).age(Duration.ofHours(49))).isEqualTo("2 jours");
    assertThat(Texts.of(Locale.FRENCH).count("items", 0)).isEqualTo("0 élément");
  }

  @Test
  void aValueIsNotLookedAtForPlaces() {
    assertThat(Texts.of(Locale.ENGLISH).get("second.text", "{1} $1", "x"))
        .startsWith("{1} $1 has accepted x.");
  }

  @Test
  void whatComesFromOutsideStaysOnItsLine() {
    assertThat(Texts.line("a\r\nb\u2028c\u0000d\u202Ee")).isEqualTo("a b c de");
    assertThat(Texts.lines("a\r\nb\n\tc")).isEqualTo("a\nb\nc");
    String subject = Texts.subject("x".repeat(178) + "\uD83C\uDFD7\uD83C\uDFD7\uD83C\uDFD7");
    assertThat(subject).hasSizeLessThanOrEqualTo(180).endsWith("\u2026");
    assertThat(Character.isHighSurrogate(subject.charAt(subject.length() - 2))).isFalse();
  }
}
