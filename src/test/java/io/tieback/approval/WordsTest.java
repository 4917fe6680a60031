package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every refusal has its words in both languages. */
class WordsTest {

  private static final Pattern CODE = Pattern.compile("Refusal\\s*\\.of\\(\\s*\"([a-z_.]+)\"");
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

  @Test
  void bothLanguagesSayTheSame() throws IOException {
    Properties english = words("words.properties");
    Properties french = words("words_fr.properties");

    assertThat(french.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(places(french.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
  }

  @Test
  void everyCodeThatIsUsedHasReasonAndRemedy() throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/tieback/approval"))) {
      for (Path file : files.toList()) {
        Matcher matcher = CODE.matcher(Files.readString(file));
        while (matcher.find()) {
          codes.add(matcher.group(1));
        }
      }
    }
    assertThat(codes).hasSizeGreaterThan(25);
    Properties english = words("words.properties");
    for (String code : codes) {
      assertThat(english.stringPropertyNames()).contains(code + ".reason", code + ".remedy");
    }
    for (Action action : Action.values()) {
      assertThat(Words.has("action." + action.word())).as(action.word()).isTrue();
    }
    for (QueueState state : QueueState.values()) {
      assertThat(Words.has("state." + state.word())).as(state.word()).isTrue();
      assertThat(Words.has("instead." + state.word())).as(state.word()).isTrue();
    }
    for (RecordKind kind : RecordKind.values()) {
      assertThat(Words.has("kinds." + kind.word())).as(kind.word()).isTrue();
    }
    for (Role role : Role.values()) {
      assertThat(Words.has("role." + role.word())).as(role.word()).isTrue();
    }
    for (Duty duty : Duty.values()) {
      assertThat(Words.has("duty." + duty.word())).as(duty.word()).isTrue();
    }
  }

  @Test
  void whatSomebodyElseSaidIsGivenAsItIs() {
    Refusal said = Refusal.said("Costs {1} $5 \\o/ @action.send", "@action.send");

    assertThat(said.reason(Locale.FRENCH)).isEqualTo("Costs {1} $5 \\o/ @action.send");
    assertThat(said.remedy(Locale.FRENCH)).isEqualTo("envoyer");
    assertThat(new Refused("why", "what to do").getMessage()).isEqualTo("why what to do");
  }

  private static List<String> places(String text) {
    return PLACE.matcher(text).results().map(r -> r.group()).sorted().distinct().toList();
  }

  private static Properties words(String name) throws IOException {
    Properties properties = new Properties();
    try (var reader =
        Files.newBufferedReader(
            Path.of("src/main/resources/io/tieback/approval", name), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }
}
