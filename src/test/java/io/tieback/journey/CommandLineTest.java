package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.command.Tieback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help everywhere, and one clear line for whatever is wrong. */
class CommandLineTest {

  @TempDir Path folder;

  /** Every command and subcommand there is, as its words. */
  static Stream<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(new CommandLine(Tieback.class), List.of(), all);
    return all.stream();
  }

  private static void collect(CommandLine line, List<String> words, List<List<String>> all) {
    all.add(words);
    line.getSubcommands()
        .forEach(
            (name, sub) -> {
              if (!name.equals("help")) {
                List<String> longer = new ArrayList<>(words);
                longer.add(name);
                collect(sub, longer, all);
              }
            });
  }

  @ParameterizedTest(name = "tieback {0}")
  @MethodSource("commands")
  @DisplayName("--help exits 0 and says how the command is used and what it does")
  void help(List<String> words) {
    CommandRun run = CommandRun.of(with(words, "--help"));
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith(
            "Usage: " + String.join(" ", with(List.of("tieback"), words.toArray(String[]::new))))
        .contains("--help");
    assertThat(run.out().lines().count())
        .as("the description stands below the usage")
        .isGreaterThan(2);
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest(name = "tieback {0}")
  @MethodSource("commands")
  @DisplayName(
      "An option that does not exist exits 2 with one clear line that names it, or what is missing"
          + " besides")
  void unknownOption(List<String> words) {
    CommandRun run = CommandRun.of(with(words, "--no-such-option=x"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .matches("tieback: .*(--no-such-option|Missing required).*--help.*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate",
        "connect",
        "connect quickbooks",
        "sync",
        "sync invoices",
        "preview",
        "preview not-a-number",
        "dead-letters",
        "dead-letters show",
        "dead-letters show first",
        "dead-letters discard 1",
        "dead-letters replay",
        "dead-letters replay 1 --all",
        "dead-letters replay 1 2 --payload x.json",
        "dead-letters replay 1 --kind refused",
        "dead-letters replay --all --kind silly",
        "dead-letters list --state lost",
        "demo --procore-port many",
        "demo --procore-port 99999",
        "sandbox --xero-port -x",
        "sandbox --procore-port 4010 --xero-port 4010",
        "sandbox --quickbooks-online-port 4010",
        "run --config",
        "doctor surplus",
        "reconcile --through yesterday",
        "reconcile --project tower",
        "reconcile --csv a --json b",
        "reconcile surplus",
      })
  @DisplayName("Wrong arguments exit 2 with one clear line and nothing else")
  void wrongArguments(String line) {
    CommandRun run = CommandRun.of(line.split(" "));
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("tieback: ")
        .endsWith("--help' lists what is allowed)");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).doesNotContain("Exception");
  }

  @Test
  @DisplayName("What is wrong is said in words that are no programmer's; a near name is proposed")
  void plainWords() {
    assertThat(CommandRun.of("preview", "PC-1001").err())
        .contains("'PC-1001' is not a whole number");
    assertThat(CommandRun.of("docter").err()).contains("did you mean doctor");
    assertThat(CommandRun.of("dead-letters", "discard", "1", "--reason", " "))
        .satisfies(run -> assertThat(run.code()).isEqualTo(2))
        .satisfies(run -> assertThat(run.err()).contains("--reason is empty"));
  }

  @Test
  @DisplayName("No arguments show the usage and exit 2; --version exits 0")
  void bare() {
    CommandRun bare = CommandRun.of();
    assertThat(bare.code()).isEqualTo(2);
    assertThat(bare.err()).startsWith("Usage: tieback").contains("demo").contains("dead-letters");
    assertThat(CommandRun.of("--version"))
        .satisfies(run -> assertThat(run.code()).isZero())
        .satisfies(run -> assertThat(run.out()).startsWith("Tieback "));
  }

  @Test
  @DisplayName(
      "A mistyped key of the configuration is an error at start that names the nearest key")
  void mistypedKey() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        config.resolve("tieback.properties"),
        "connections=main\ndatabse.mode=embedded\nconnection.main.retainage.acount=815\n");
    for (String command : List.of("doctor", "run")) {
      CommandRun run = CommandRun.of(command, "--config", config.toString());
      assertThat(run.code()).as(run.toString()).isNotZero();
      assertThat(run.err())
          .contains("databse.mode")
          .contains("did you mean database.mode")
          .contains("did you mean connection.main.retainage.account");
      assertThat(run.err()).doesNotContain("\tat ");
    }
  }

  @Test
  @DisplayName("A configuration folder that does not exist is named")
  void noConfiguration() {
    Path nowhere = folder.resolve("nowhere");
    CommandRun run = CommandRun.of("doctor", "--config", nowhere.toString());
    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains(nowhere.toString()).doesNotContain("\tat ");
  }

  private static String[] with(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
  }
}
