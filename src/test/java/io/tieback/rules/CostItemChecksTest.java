package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.AccountRules;
import io.tieback.construction.CodePair;
import io.tieback.construction.Names;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CostItemChecksTest {

  private static final String FORM = "{name} - {type}";
  private static final CostItemContext.Lengths XERO = new CostItemContext.Lengths(30, 50, 4000);

  private static CodePair pair(String joined, String name) {
    return new CodePair("03-300", "S", name, "Subcontract", joined, null);
  }

  private static CostItemContext context(
      boolean cuts, AccountRules.Accounts accounts, boolean fallback, boolean there, boolean uses) {
    return new CostItemContext(
        "Xero",
        FORM,
        cuts,
        XERO,
        accounts,
        Map.of("999", "does not exist"),
        fallback,
        there,
        uses,
        3990,
        10,
        4000);
  }

  private static final CostItemContext FINE =
      context(true, new AccountRules.Accounts("500", null), false, false, false);

  private static List<String> of(CodePair pair, CostItemContext context) {
    return CostItemChecks.check(pair, context).stream()
        .map(finding -> finding.severity() + " " + finding.ruleId())
        .toList();
  }

  @Test
  @DisplayName("XR-WBS-01: the joined code may have 30 characters and not 31")
  void joinedCode() {
    assertThat(of(pair("03-300.S", "Concrete"), FINE)).isEmpty();
    assertThat(of(pair("x".repeat(30), "Concrete"), FINE)).isEmpty();
    assertThat(of(pair("x".repeat(31), "Concrete"), FINE)).containsExactly("REFUSE XR-WBS-01");
  }

  @Test
  @DisplayName("TB-WBS-03: stray blanks and characters that do not show are refused, not mended")
  void characters() {
    assertThat(of(pair("03-300 .S", "Concrete"), FINE)).isEmpty();
    for (String code : List.of(" 03.S", "03.S ", "03  300.S", "03\t300.S", "03\u0000.S")) {
      assertThat(of(pair(code, "Concrete"), FINE)).as(code).contains("REFUSE TB-WBS-03");
    }
  }

  @Test
  @DisplayName("TB-WBS-02: two pairs that give one item code are refused by their names")
  void sameCode() {
    CodePair twice =
        new CodePair("03-30", "0.S", "Concrete", "Subcontract", "03-300.S", "03-300 with type S");
    assertThat(CostItemChecks.check(twice, FINE))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-WBS-02");
              assertThat(finding.sentence()).contains("03-30 with type 0.S", "03-300 with type S");
            });
  }

  @Test
  @DisplayName(
      "XR-WBS-08, TB-WBS-01: a long name is cut with a remark that shows it, or refused by setting;"
          + " beyond the description it is always refused")
  void longNames() {
    String name = "Cast-in-place concrete for the foundations of the east wing";
    assertThat(CostItemChecks.check(pair("03-300.S", name), FINE))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
              assertThat(finding.ruleId()).isEqualTo("TB-WBS-01");
              assertThat(finding.sentence())
                  .contains("Cast-in-place concrete for the foun… - Subcontract");
            });
    assertThat(
            of(
                pair("03-300.S", name),
                context(false, new AccountRules.Accounts("500", null), false, false, false)))
        .containsExactly("REFUSE XR-WBS-08");
    assertThat(of(pair("03-300.S", "x".repeat(4000)), FINE)).containsExactly("REFUSE XR-WBS-08");
  }

  @Property
  @Label(
      "TB-WBS-01 a name is never longer than allowed, is left alone when it fits, and shows that it"
          + " was cut when it does not")
  void cutNames(
      @ForAll @StringLength(min = 1, max = 120) String code,
      @ForAll @StringLength(min = 1, max = 80) String type,
      @ForAll @IntRange(min = 20, max = 60) int longest) {
    String whole = new CodePair("1", "S", code, type, "1.S", null).wholeName(FORM);
    String name = Names.ofItem(FORM, code, type, longest);
    assertThat(name.length()).isLessThanOrEqualTo(longest);
    if (whole.length() <= longest) {
      assertThat(name).isEqualTo(whole);
    } else {
      assertThat(name).contains("…");
    }
  }

  @Test
  @DisplayName(
      "XR-WBS-06: an item that somebody else made refuses the code; by setting it is linked with a"
          + " remark, whatever the ceiling and the accounts")
  void existing() {
    AccountRules.Accounts none = AccountRules.Accounts.NONE;
    assertThat(of(pair("03-300.S", "Concrete"), context(true, none, false, true, false)))
        .containsExactly("REFUSE XR-WBS-06");
    assertThat(of(pair("03-300.S", "Concrete"), context(true, none, false, true, true)))
        .containsExactly("WARN XR-WBS-06");
  }

  @Test
  @DisplayName("XR-WBS-02: 4,000 items are taken, 4,001 are refused with all figures")
  void ceiling() {
    CostItemContext beyond =
        new CostItemContext(
            "Xero",
            FORM,
            true,
            XERO,
            new AccountRules.Accounts("500", null),
            Map.of(),
            false,
            false,
            false,
            3990,
            11,
            4000);
    assertThat(of(pair("03-300.S", "Concrete"), FINE)).isEmpty();
    assertThat(CostItemChecks.check(pair("03-300.S", "Concrete"), beyond))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.sentence()).contains("3990", "11", "4001", "4000", "XR-WBS-02"));
  }

  @Test
  @DisplayName(
      "XR-WBS-03, TB-WBS-04: no purchase account is remarked on only where bills would need it; an"
          + " account that cannot be used refuses the code")
  void accounts() {
    assertThat(
            of(
                pair("03-300.S", "Concrete"),
                context(true, AccountRules.Accounts.NONE, false, false, false)))
        .containsExactly("WARN XR-WBS-03");
    assertThat(
            of(
                pair("03-300.S", "Concrete"),
                context(true, AccountRules.Accounts.NONE, true, false, false)))
        .isEmpty();
    assertThat(
            of(
                pair("03-300.S", "Concrete"),
                context(true, new AccountRules.Accounts("500", "999"), false, false, false)))
        .containsExactly("REFUSE TB-WBS-04");
  }

  @Test
  @DisplayName("XR-WBS-03: of ordered rules the first that fits an item code counts")
  void accountRules() {
    AccountRules rules =
        AccountRules.parse(List.of("*.L=5100/4000", "03-*=5200", "09.5+*=/4100", "*=5000"));
    assertThat(rules.of("03-300.L")).isEqualTo(new AccountRules.Accounts("5100", "4000"));
    assertThat(rules.of("03-300.S")).isEqualTo(new AccountRules.Accounts("5200", null));
    assertThat(rules.of("09.5+1.S")).isEqualTo(new AccountRules.Accounts(null, "4100"));
    assertThat(rules.of("0995+1.S")).isEqualTo(new AccountRules.Accounts("5000", null));
    assertThat(AccountRules.parse(List.of()).of("1")).isEqualTo(AccountRules.Accounts.NONE);
  }
}
