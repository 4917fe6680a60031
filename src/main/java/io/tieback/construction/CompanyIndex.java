package io.tieback.construction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Companies among which counterparts are looked for, thousands of them in no time. */
public final class CompanyIndex {

  private final Map<String, List<Company>> byTrait = new HashMap<>();
  private final Map<Company, List<String>> words = new HashMap<>();

  /**
   * @param companies those among which it is looked
   */
  public CompanyIndex(Collection<Company> companies) {
    for (Company company : companies) {
      words.put(company, CompanyNames.words(company.name()));
      CompanyMatcher.traits(company)
          .forEach(trait -> byTrait.computeIfAbsent(trait, t -> new ArrayList<>()).add(company));
    }
  }

  /**
   * The likely counterparts of a company, best first, and of equal ones by their keys. The same
   * name always counts, whatever speaks against it.
   *
   * @param atLeast lowest score that counts, 1 to 100
   */
  public List<CompanyMatch> near(Company company, int atLeast) {
    Map<String, Company> near = new TreeMap<>();
    CompanyMatcher.traits(company)
        .forEach(
            trait ->
                byTrait
                    .getOrDefault(trait, List.of())
                    .forEach(candidate -> near.put(candidate.key(), candidate)));
    List<CompanyMatch> found = new ArrayList<>();
    List<String> own = CompanyNames.words(company.name());
    for (Company candidate : near.values()) {
      List<String> others = words.get(candidate);
      CompanyMatch match = CompanyMatcher.compare(company, own, candidate, others);
      if (match.score() >= atLeast
          || CompanyMatcher.sameName(company.name(), own, candidate.name(), others)) {
        found.add(match);
      }
    }
    found.sort(
        Comparator.comparingInt(CompanyMatch::score)
            .reversed()
            .thenComparing(CompanyMatch::second));
    return found;
  }
}
