package io.tieback.command;

import io.tieback.platform.ConfigurationReference;
import io.tieback.rules.RuleReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tieback reference}: writes the pages that are made of the settings and of the rules. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description =
        "Writes the generated pages anew: docs/configuration.md, docs/rules.md and"
            + " config/tieback.example.properties.")
public final class ReferenceCommand implements Callable<Integer> {

  /** The page of rules, relative to the project's folder. */
  public static final Path RULES = Path.of("docs", "rules.md");

  @Spec CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "The project's folder. Default: where Tieback is installed.")
  Path folder;

  @Option(
      names = "--check",
      description = "Writes nothing; ends with 1 when a page is out of date.")
  boolean check;

  /** What each generated file has to say, by its path relative to the project's folder. */
  public static Map<Path, String> pages() {
    Map<Path, String> pages = new LinkedHashMap<>();
    pages.put(ConfigurationReference.DOCUMENT, ConfigurationReference.document());
    pages.put(ConfigurationReference.EXAMPLE, ConfigurationReference.example());
    pages.put(RULES, RuleReference.document());
    return pages;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path project =
        folder == null ? Path.of(System.getenv().getOrDefault("TIEBACK_HOME", ".")) : folder;
    int stale = 0;
    for (Map.Entry<Path, String> page : pages().entrySet()) {
      Path file = project.resolve(page.getKey());
      boolean same = Files.exists(file) && Files.readString(file).equals(page.getValue());
      if (!same) {
        stale++;
        if (!check) {
          Files.createDirectories(file.toAbsolutePath().getParent());
          Files.writeString(file, page.getValue());
        }
      }
      out.println(
          (same ? "up to date   " : check ? "out of date  " : "written      ") + page.getKey());
    }
    out.flush();
    return check && stale > 0 ? 1 : 0;
  }
}
