package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether two companies are the same. */
class CompanyMatcherTest {

  private static Company company(String name) {
    return new Company("1", name, null, null, List.of(), null);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "Ironline Steel Inc,IRONLINE STEEL L.L.C.",
        "Volt & Sons Electric,Volt and Sons Electric Ltd.",
        "Müller Bau GmbH & Co. KG,Muller Bau",
        "The Home Crew,Home Crew Pty Ltd",
        "O'Brien Plumbing,OBrien Plumbing",
        "Smørrebrød & Søn ApS,Smorrebrod + Son",
        "Pacific-Concrete Co,Pacific Concrete Company"
      })
  @DisplayName("XR-COY-01: case, accents, punctuation, legal form and '&' do not part two names")
  void sameNames(String one, String other) {
    CompanyMatch match = CompanyMatcher.compare(company(one), company(other));
    assertThat(match.score()).isEqualTo(100);
    assertThat(match.reasons()).containsExactly("same name");
  }

  @ParameterizedTest
  @CsvSource({
    "Bayview Drywall LLC,Bayview Electric LLC",
    "Co,Inc",
    "Northside Roofing,Southside Paving",
    "A1 Crane,A2 Hire"
  })
  @DisplayName("XR-COY-01: what sounds alike is not the same")
  void otherNames(String one, String other) {
    assertThat(CompanyMatcher.compare(company(one), company(other)).score()).isLessThan(80);
    assertThat(CompanyMatcher.sameName(one, other)).isFalse();
  }

  @Test
  @DisplayName(
      "XR-COY-01: numbers and addresses speak for two companies, other tax numbers against")
  void furtherTraits() {
    Company procore =
        new Company(
            "7041",
            "Ironlyne Steel Fabricators",
            "91-1144442",
            "ap@ironline.example",
            List.of("(503) 555-0199"),
            null);
    assertThat(score(procore, "Ironline Steel", null, null, null, null)).isBetween(50, 89);
    CompanyMatch same =
        CompanyMatcher.compare(
            procore,
            new Company(
                "x",
                "Ironline Steel",
                "911144442",
                "AP@ironline.example ",
                List.of("+1 503 555 0199"),
                null));
    assertThat(same.score()).isGreaterThan(95);
    assertThat(same.reasons())
        .contains("same tax number", "same e-mail address", "same telephone number");
    assertThat(score(procore, "Ironlyne Steel Fabricators", "55-0000000", null, null, null))
        .isLessThanOrEqualTo(40);
    assertThat(score(procore, "Unrelated Name", null, "bob@ironline.example", null, null))
        .isLessThan(50);
    assertThat(
            CompanyMatcher.compare(
                    new Company("1", "A", null, "a@gmail.com", List.of(), "1234567"),
                    new Company("2", "B", null, "b@gmail.com", List.of(), "4567"))
                .reasons())
        .containsExactly("same bank account");
  }

  private static int score(
      Company with, String name, String tax, String email, String phone, String bank) {
    return CompanyMatcher.compare(
            with,
            new Company("x", name, tax, email, phone == null ? List.of() : List.of(phone), bank))
        .score();
  }

  @Provide
  Arbitrary<Company> companies() {
    Arbitrary<String> words =
        Arbitraries.of(
            "Steel",
            "Stele",
            "Concrete",
            "Bay",
            "Bayview",
            "&",
            "Sons",
            "Inc",
            "GmbH",
            "Ünal",
            "A1");
    Arbitrary<String> names =
        words.list().ofMinSize(1).ofMaxSize(4).map(list -> String.join(" ", list));
    Arbitrary<String> numbers = Arbitraries.of("12-34", "1234", "99", "").injectNull(0.5);
    Arbitrary<String> mails =
        Arbitraries.of("a@x.example", "b@x.example", "a@gmail.com").injectNull(0.5);
    Arbitrary<List<String>> phones =
        Arbitraries.of("+1 503 555 0199", "503-555-0199", "0199").list().ofMaxSize(2);
    return Combinators.combine(names, numbers, mails, phones, numbers)
        .as((name, tax, mail, phone, bank) -> new Company(name, name, tax, mail, phone, bank));
  }

  @Provide
  Arbitrary<List<Company>> lists() {
    return companies().list().ofMaxSize(20);
  }

  @Property(tries = 3_000)
  @Label(
      "XR-COY-01: the score is the same from either side and at every time, 0 to 100, and 100 for a"
          + " company and itself")
  void lawsOfTheScore(@ForAll("companies") Company one, @ForAll("companies") Company other) {
    CompanyMatch match = CompanyMatcher.compare(one, other);
    CompanyMatch back = CompanyMatcher.compare(other, one);
    assertThat(match.score()).isBetween(0, 100).isEqualTo(back.score());
    assertThat(match.reasons()).isEqualTo(back.reasons());
    assertThat(CompanyMatcher.compare(one, other)).isEqualTo(match);
    assertThat(CompanyMatcher.compare(one, one).score()).isEqualTo(100);
  }

  @Property(tries = 2_000)
  @Label("XR-COY-01: nothing that agrees lowers the score")
  void whatAgreesNeverSpeaksAgainst(
      @ForAll("companies") Company one, @ForAll("companies") Company other) {
    Company plain = new Company("a", one.name(), null, null, List.of(), null);
    Company otherPlain = new Company("b", other.name(), null, null, List.of(), null);
    int bare = CompanyMatcher.compare(plain, otherPlain).score();
    Company rich = new Company("a", one.name(), "77", "q@q.example", List.of("55501990"), "12345");
    Company otherRich =
        new Company("b", other.name(), "77", "q@q.example", List.of("55501990"), "12345");
    assertThat(CompanyMatcher.compare(rich, otherRich).score()).isGreaterThanOrEqualTo(bare);
  }

  @Property(tries = 300)
  @Label("XR-COY-01: an index finds every pair that reaches a score, best first")
  void theIndexMissesNothing(
      @ForAll("companies") Company wanted, @ForAll("lists") List<Company> samples) {
    List<Company> all = new ArrayList<>();
    for (Company sample : samples) {
      all.add(
          new Company(
              "k" + all.size(),
              sample.name(),
              sample.taxNumber(),
              sample.emailAddress(),
              sample.phones(),
              sample.bankAccount()));
    }
    List<CompanyMatch> found = new CompanyIndex(all).near(wanted, 50);
    List<String> expected =
        all.stream()
            .filter(
                company ->
                    CompanyMatcher.compare(wanted, company).score() >= 50
                        || CompanyMatcher.sameName(wanted.name(), company.name()))
            .map(Company::key)
            .toList();
    assertThat(found)
        .extracting(CompanyMatch::second)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(found).isSortedAccordingTo((a, b) -> Integer.compare(b.score(), a.score()));
  }

  @Test
  @DisplayName("A marker fits into 50 characters, and two connections never share one")
  void markers() {
    assertThat(CompanyMarker.of(new ConnectionId("harbour"), 7041))
        .isEqualTo("tieback.harbour.vendor.7041");
    ConnectionId longest = new ConnectionId("a".repeat(40));
    ConnectionId another = new ConnectionId("a".repeat(39) + "b");
    String marker = CompanyMarker.of(longest, Long.MAX_VALUE);
    assertThat(marker).hasSize(50).endsWith(".vendor." + Long.MAX_VALUE);
    assertThat(CompanyMarker.of(another, Long.MAX_VALUE)).isNotEqualTo(marker);
  }
}
