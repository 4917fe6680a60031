package io.tieback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.command.ReferenceCommand;
import io.tieback.command.Tieback;
import io.tieback.rules.RuleCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class GeneratedPagesTest {

  private static final Pattern TEST_LINK = Pattern.compile("\\]\\(\\.\\./(src/test/[^)]+)\\)");

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> eachGeneratedPageSaysWhatTheCodeSays() {
    return ReferenceCommand.pages().entrySet().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.getKey().toString(),
                    () ->
                        assertThat(Files.readString(page.getKey()))
                            .as(
                                page.getKey()
                                    + " is out of date; './tieback reference' writes it anew")
                            .isEqualTo(page.getValue())))
        .toList();
  }

  @Test
  @DisplayName("docs/rules.md lists every ID once, and each test that it links exists")
  void rulesAreComplete() throws IOException {
    String page = ReferenceCommand.pages().get(ReferenceCommand.RULES);
    for (RuleCatalogue.Rule rule : RuleCatalogue.get().all()) {
      assertThat(page.split("\n\\| " + Pattern.quote(rule.id()) + " \\|", -1))
          .as(rule.id())
          .hasSize(2);
    }
    Matcher links = TEST_LINK.matcher(page);
    int found = 0;
    while (links.find()) {
      found++;
      assertThat(Path.of(links.group(1))).exists();
    }
    assertThat(found).isEqualTo(RuleCatalogue.get().built().size());
  }

  @Test
  @DisplayName("'reference' writes what is stale, and '--check' tells it without writing")
  void commandWritesAndChecks() throws IOException {
    assertThat(Tieback.run("reference", "--check", "--folder", folder.toString())).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
    assertThat(Tieback.run("reference", "--folder", folder.toString())).isZero();
    assertThat(Tieback.run("reference", "--check", "--folder", folder.toString())).isZero();
    Files.writeString(folder.resolve(ReferenceCommand.RULES), "another text");
    assertThat(Tieback.run("reference", "--check", "--folder", folder.toString())).isEqualTo(1);
    assertThat(folder.resolve(ReferenceCommand.RULES)).hasContent("another text");
  }
}
