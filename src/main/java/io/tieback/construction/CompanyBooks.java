package io.tieback.construction;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The companies that an ERP has, all of them, as they were read at one time. */
public final class CompanyBooks {

  private final Map<String, BookedCompany> byKey = new HashMap<>();
  private final Map<String, BookedCompany> byMarker = new HashMap<>();
  private final CompanyIndex index;

  /**
   * @param companies every company of the ERP, also those that are no longer active
   */
  public CompanyBooks(Collection<BookedCompany> companies) {
    for (BookedCompany company : companies) {
      byKey.put(company.key(), company);
      if (company.marker() != null) {
        // Of two with one marker the active one counts: people copy archived ones.
        byMarker.merge(company.marker(), company, (one, other) -> one.active() ? one : other);
      }
    }
    index = new CompanyIndex(byKey.values().stream().map(BookedCompany::company).toList());
  }

  /**
   * Those that may be this company, best first, also those that are no longer active; not those
   * that were merged away.
   *
   * @param company a company of the other side
   * @param atLeast lowest score that counts; the same name always does
   */
  public List<CompanyMatch> near(Company company, int atLeast) {
    return index.near(company, atLeast).stream()
        .filter(match -> byKey.get(match.second()).mergedInto() == null)
        .toList();
  }

  /** All of them. */
  public List<BookedCompany> all() {
    return List.copyOf(byKey.values());
  }

  /** The company with this key, as it stands: one that was merged away is not followed. */
  public Optional<BookedCompany> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The company that bears this marker, as it stands. */
  public Optional<BookedCompany> ofMarker(String marker) {
    return Optional.ofNullable(byMarker.get(marker));
  }

  /** What became of a company: itself, or the one that it ended up in by merging. */
  public BookedCompany today(BookedCompany company) {
    Set<String> seen = new HashSet<>();
    BookedCompany at = company;
    while (at.mergedInto() != null && seen.add(at.key())) {
      BookedCompany next = byKey.get(at.mergedInto());
      if (next == null) {
        return at;
      }
      at = next;
    }
    return at;
  }
}
