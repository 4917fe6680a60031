package io.tieback.construction;

import java.util.List;

/**
 * How much speaks for two companies being the same.
 *
 * @param first key of the one, Procore's
 * @param second key of the other, the ERP's
 * @param score 0 (nothing speaks for it) to 100
 * @param reasons what speaks for it and against it, for people
 */
public record CompanyMatch(String first, String second, int score, List<String> reasons) {

  public CompanyMatch {
    reasons = List.copyOf(reasons);
  }
}
