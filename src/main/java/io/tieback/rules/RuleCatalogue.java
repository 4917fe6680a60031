package io.tieback.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rule book as data: every rule with its ID, what it says, how strong it is, and where it is
 * kept or that it is not yet. {@code docs/rules.md} is written from it.
 *
 * <p>Three files stand behind it, {@code catalogue.tsv} (every rule), {@code built.tsv} (the rules
 * that are built or partly built, the code that keeps them and the test that names them) and {@code
 * unbuilt.tsv} (why others are not). A rule becomes built by a line in the second.
 */
public final class RuleCatalogue {

  private static final RuleCatalogue INSTANCE = load();

  private final Map<String, Rule> rules;

  private RuleCatalogue(Map<String, Rule> rules) {
    this.rules = rules;
  }

  /** How strong a rule is. */
  public enum Basis {
    S("stated in the set-up pages that the product has to honour"),
    P("stated by another current page of Procore"),
    L("stated by an older page of Procore"),
    A("a fact of the vendor's published interface"),
    I("inferred; a proposal"),
    C("a contradiction in the sources, with the reading taken"),
    T("Tieback's own, from its design");

    private final String words;

    Basis(String words) {
      this.words = words;
    }

    /** In words, for the legend. */
    public String words() {
      return words;
    }
  }

  /** Whether a rule is kept by the product. */
  public enum Status {
    BUILT,
    /** As far as the records that are exported today touch it. */
    PARTLY,
    NOT_YET
  }

  /**
   * A rule.
   *
   * @param id such as {@code XR-INV-07}; never renumbered, never reused
   * @param basis how strong it is; more than one where sources differ
   * @param text what it says, in one line
   * @param status whether it is kept
   * @param where class and method that keep it, without the package prefix {@code io.tieback.};
   *     null while it is not built
   * @param test test class that names it, without the prefix; null while it is not built
   * @param reason why it is not built; null when it is, or where no reason is known
   */
  public record Rule(
      String id,
      List<Basis> basis,
      String text,
      Status status,
      String where,
      String test,
      String reason) {
    public Rule {
      basis = List.copyOf(basis);
    }
  }

  /** The catalogue. */
  public static RuleCatalogue get() {
    return INSTANCE;
  }

  /** All rules, in the order of the rule book. */
  public List<Rule> all() {
    return List.copyOf(rules.values());
  }

  /** The rules that are built, wholly or partly. */
  public List<Rule> built() {
    return rules.values().stream().filter(rule -> rule.status() != Status.NOT_YET).toList();
  }

  /** The rule of an ID. */
  public Optional<Rule> find(String id) {
    return Optional.ofNullable(rules.get(id));
  }

  private static RuleCatalogue load() {
    Map<String, String[]> built = new LinkedHashMap<>();
    for (String[] row : rows("built.tsv", 4)) {
      if (built.put(row[0], row) != null) {
        throw new IllegalStateException("built.tsv lists rule " + row[0] + " twice");
      }
    }
    List<String[]> reasons = rows("unbuilt.tsv", 2);
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (String[] row : rows("catalogue.tsv", 3)) {
      String[] place = built.remove(row[0]);
      List<Basis> basis =
          row[1].chars().mapToObj(letter -> Basis.valueOf(String.valueOf((char) letter))).toList();
      Rule rule =
          place == null
              ? new Rule(row[0], basis, row[2], Status.NOT_YET, null, null, reason(row[0], reasons))
              : new Rule(row[0], basis, row[2], Status.valueOf(place[1]), place[2], place[3], null);
      if (rules.put(row[0], rule) != null) {
        throw new IllegalStateException("catalogue.tsv lists rule " + row[0] + " twice");
      }
    }
    if (!built.isEmpty()) {
      throw new IllegalStateException(
          "built.tsv lists rules that catalogue.tsv does not know: " + built.keySet());
    }
    return new RuleCatalogue(Collections.unmodifiableMap(rules));
  }

  /** The reason of the longest beginning that fits, or null. */
  private static String reason(String id, List<String[]> reasons) {
    return reasons.stream()
        .filter(row -> id.startsWith(row[0]))
        .max(Comparator.comparingInt(row -> row[0].length()))
        .map(row -> row[1])
        .orElse(null);
  }

  /** Rows of a fixed number of cells; lines that start with # are comments. */
  private static List<String[]> rows(String file, int width) {
    List<String[]> rows = new ArrayList<>();
    try (InputStream in = RuleCatalogue.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("rule file " + file + " is missing from the application");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] cells = line.split("\t", -1);
        if (cells.length != width) {
          throw new IllegalStateException(
              "rule file "
                  + file
                  + ": '"
                  + line
                  + "' has "
                  + cells.length
                  + " cells, it must have "
                  + width);
        }
        rows.add(cells);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
