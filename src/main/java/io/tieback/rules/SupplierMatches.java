package io.tieback.rules;

import static io.tieback.rules.Finding.Severity.REFUSE;

import io.tieback.construction.BookedCompany;
import io.tieback.construction.Company;
import io.tieback.construction.CompanyBooks;
import io.tieback.construction.CompanyMatch;
import io.tieback.construction.CompanyMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a company stands in the ERP already, so that it is linked rather than created a second
 * time (XR-COY-01, XR-COY-02, GEN-COY-01, GEN-COY-02). Pure.
 */
public final class SupplierMatches {

  private final String erpName;
  private final CompanyBooks books;
  private final Map<String, Long> linked;
  private final MatchPolicy policy;

  /**
   * @param erpName the ERP's name for people
   * @param books every company of the ERP
   * @param linked Procore's company by the ERP's key, of those that are linked
   * @param policy what the firm decided
   */
  public SupplierMatches(
      String erpName, CompanyBooks books, Map<String, Long> linked, MatchPolicy policy) {
    this.erpName = erpName;
    this.books = books;
    this.linked = Map.copyOf(linked);
    this.policy = policy;
  }

  /**
   * What is to happen with a company.
   *
   * @param existing the ERP's key of the supplier that it is linked to, or null when one is to be
   *     created
   * @param findings why neither may happen before a person decided
   * @param suggestions what a person may decide for
   */
  public record Decision(String existing, List<Finding> findings, List<CompanyMatch> suggestions) {
    public Decision {
      findings = List.copyOf(findings);
      suggestions = List.copyOf(suggestions);
    }

    private static Decision create() {
      return new Decision(null, List.of(), List.of());
    }

    private static Decision link(String key) {
      return new Decision(key, List.of(), List.of());
    }

    private static Decision refuse(Finding finding, List<CompanyMatch> suggestions) {
      return new Decision(null, List.of(finding), suggestions);
    }
  }

  /**
   * Decides for one company.
   *
   * @param company Procore's company; its key is the id
   * @param marker the marker that it gets, or got when it was created before
   * @param apart keys of suppliers that a person said are other companies
   */
  public Decision decide(Company company, String marker, Set<String> apart) {
    Optional<BookedCompany> own = books.ofMarker(marker).map(books::today);
    if (own.isPresent()) {
      return ofOwn(own.get(), company);
    }
    List<Near> near = near(company, apart);
    Optional<Near> taken = near.stream().filter(one -> one.sameName && isLinked(one)).findFirst();
    if (taken.isPresent()) {
      return Decision.refuse(linkedToAnother(company, taken.get()), List.of());
    }
    List<Near> free = near.stream().filter(one -> !isLinked(one)).toList();
    List<CompanyMatch> suggestions = free.stream().map(Near::match).toList();
    List<Near> active = free.stream().filter(one -> one.booked.active()).toList();
    List<Near> byItself = active.stream().filter(this::linksByItself).toList();
    if (byItself.size() == 1 && active.size() == 1) {
      return Decision.link(active.get(0).booked.key());
    }
    if (!active.isEmpty()) {
      return Decision.refuse(probablyThere(company, active), suggestions);
    }
    Optional<Near> archived = free.stream().filter(one -> one.sameName).findFirst();
    return archived.isPresent()
        ? Decision.refuse(archived(archived.get().booked, company), suggestions)
        : Decision.create();
  }

  /** A supplier that is or may be the company. */
  private record Near(BookedCompany booked, CompanyMatch match, boolean sameName) {}

  private List<Near> near(Company company, Set<String> apart) {
    return books.near(company, policy.score()).stream()
        .filter(match -> !apart.contains(match.second()))
        .map(
            match -> {
              BookedCompany booked = books.find(match.second()).orElseThrow();
              return new Near(
                  booked, match, CompanyMatcher.sameName(company.name(), booked.name()));
            })
        .toList();
  }

  private boolean isLinked(Near one) {
    return linked.containsKey(one.booked.key());
  }

  private boolean linksByItself(Near one) {
    return switch (policy.linksByItself()) {
      case NOTHING -> false;
      case NAME -> one.sameName;
      case SCORE -> one.match.score() >= policy.score();
    };
  }

  private Decision ofOwn(BookedCompany own, Company company) {
    Long other = linked.get(own.key());
    if (other != null && !company.key().equals(Long.toString(other))) {
      return Decision.refuse(
          refuse(
              "TB-COY-03",
              "was merged into supplier '" + own.name() + "', which is linked to company " + other,
              "a supplier is linked to one company",
              "Merge the two companies in Procore's Directory too, or unlink company " + other),
          List.of());
    }
    return own.active()
        ? Decision.link(own.key())
        : Decision.refuse(archived(own, company), List.of());
  }

  private Finding linkedToAnother(Company company, Near taken) {
    return refuse(
        "TB-COY-03",
        "'" + company.name() + "' is the name of supplier '" + taken.booked.name() + "' already",
        "that supplier is linked to company " + linked.get(taken.booked.key()),
        "Merge the two companies in Procore's Directory if they are one, or give this one a name of"
            + " its own; then send it again");
  }

  /** TB-COY-03: another company of the same name is being created at this moment. */
  public static Finding sameNameUnderWay(Company company, long other) {
    return refuse(
        "TB-COY-03",
        "'"
            + company.name()
            + "' is the name of company "
            + other
            + " too, which is being exported",
        "a supplier is linked to one company",
        "Merge the two companies in Procore's Directory if they are one, or give this one a name of"
            + " its own; then send it again");
  }

  private Finding probablyThere(Company company, List<Near> active) {
    Near best = active.get(0);
    StringBuilder found =
        new StringBuilder(erpName)
            .append(" has ")
            .append(active.size() == 1 ? "a supplier" : active.size() + " suppliers")
            .append(" that may be this company: ");
    for (int i = 0; i < Math.min(3, active.size()); i++) {
      Near one = active.get(i);
      found
          .append(i == 0 ? "" : "; ")
          .append("'")
          .append(one.booked.name())
          .append("' (")
          .append(one.booked.key())
          .append("), ")
          .append(one.match.score())
          .append(" of 100: ")
          .append(String.join(", ", one.match.reasons()));
    }
    String ids = company.key() + " " + best.booked.key();
    return refuse(
        "XR-COY-01",
        found.toString(),
        "a company is created once; a person decides whether it is the same",
        "If it is: ./tieback companies link "
            + ids
            + ", or link the two in Procore's ERP Integrations. If it is not: ./tieback companies"
            + " apart "
            + ids
            + " and send it again. companies.match lets Tieback link by itself");
  }

  private Finding archived(BookedCompany booked, Company company) {
    return refuse(
        "XR-COY-02",
        "supplier '" + booked.name() + "' (" + booked.key() + ") is archived in " + erpName,
        "only active suppliers are linked",
        "If it is this company: restore it in "
            + erpName
            + " (Contacts, Archived, Restore) and send the company again. If it is another:"
            + " ./tieback companies apart "
            + company.key()
            + " "
            + booked.key()
            + ", and send it again");
  }

  private static Finding refuse(String rule, String found, String limit, String remedy) {
    return new Finding(rule, REFUSE, "Company", found, limit, remedy);
  }
}
