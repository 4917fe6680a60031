package io.tieback.construction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells how likely two companies are the same, with reasons (XR-COY-01, GEN-COY-01). Pure, the same
 * whichever of the two is named first, and in whole numbers.
 *
 * <p>The name is where it begins: 100 when both are the same without case, accents, punctuation and
 * legal form, less the fewer words they share. Whatever else agrees closes part of the gap that is
 * left to 100: the tax number four fifths, the bank account three fifths, the e-mail address half,
 * the telephone number a third, the e-mail's domain a quarter. Tax numbers that differ speak so
 * much against it that no more than 40 is left.
 */
public final class CompanyMatcher {

  /** Names of the same words in another order, and no more. */
  private static final int OTHER_ORDER = 95;

  /** The most for names that are not the same. */
  private static final int ALIKE = 90;

  /** Below this a likeness of names is chance. */
  private static final int CHANCE = 30;

  private static final int OTHER_TAX_NUMBER = 40;
  private static final int OTHER_BANK_ACCOUNT = 15;

  /** Digits of a telephone number that count: what stands before them is written in many ways. */
  private static final int PHONE_DIGITS = 8;

  /** Domains at which anybody has an address. */
  private static final Set<String> ANYBODYS =
      Set.of(
          "gmail.com",
          "googlemail.com",
          "outlook.com",
          "hotmail.com",
          "live.com",
          "msn.com",
          "yahoo.com",
          "ymail.com",
          "aol.com",
          "icloud.com",
          "me.com",
          "mac.com",
          "comcast.net",
          "att.net",
          "verizon.net",
          "sbcglobal.net",
          "bellsouth.net",
          "proton.me",
          "protonmail.com",
          "gmx.com",
          "gmx.de",
          "web.de",
          "mail.com",
          "xtra.co.nz",
          "bigpond.com",
          "btinternet.com");

  private CompanyMatcher() {}

  /** How much speaks for two companies being the same. */
  public static CompanyMatch compare(Company first, Company second) {
    return compare(
        first, CompanyNames.words(first.name()), second, CompanyNames.words(second.name()));
  }

  /** The same with the words of both names, for whoever compares one company with many. */
  static CompanyMatch compare(
      Company first, List<String> words, Company second, List<String> others) {
    List<String> reasons = new ArrayList<>();
    int gap = 100 - names(first, words, second, others, reasons);
    String tax = bare(first.taxNumber());
    String otherTax = bare(second.taxNumber());
    boolean otherCompany = !tax.isEmpty() && !otherTax.isEmpty() && !tax.equals(otherTax);
    if (!tax.isEmpty() && tax.equals(otherTax)) {
      gap = gap / 5;
      reasons.add("same tax number");
    }
    String bank = account(first);
    String otherBank = account(second);
    boolean twoAccounts = !bank.isEmpty() && !otherBank.isEmpty();
    boolean otherAccount = twoAccounts && !bank.endsWith(otherBank) && !otherBank.endsWith(bank);
    if (twoAccounts && !otherAccount) {
      gap = gap * 2 / 5;
      reasons.add("same bank account");
    }
    String mail = mail(first);
    if (!mail.isEmpty() && mail.equals(mail(second))) {
      gap = gap / 2;
      reasons.add("same e-mail address");
    } else if (!domain(first).isEmpty() && domain(first).equals(domain(second))) {
      gap = gap * 3 / 4;
      reasons.add("same e-mail domain " + domain(first));
    }
    if (phones(first).stream().anyMatch(phones(second)::contains)) {
      gap = gap * 2 / 3;
      reasons.add("same telephone number");
    }
    int score = 100 - gap;
    if (otherAccount) {
      score = Math.max(0, score - OTHER_BANK_ACCOUNT);
      reasons.add("different bank accounts");
    }
    if (otherCompany) {
      score = Math.min(score, OTHER_TAX_NUMBER);
      reasons.add("different tax numbers");
    }
    return new CompanyMatch(first.key(), second.key(), score, reasons);
  }

  /** Whether two names are the same as far as people mean the same company by them. */
  public static boolean sameName(String first, String second) {
    return sameName(first, CompanyNames.words(first), second, CompanyNames.words(second));
  }

  static boolean sameName(String first, List<String> words, String second, List<String> others) {
    if (!words.isEmpty()) {
      return words.equals(others);
    }
    // Signs alone; a company without any name is the same as none.
    return others.isEmpty()
        && first != null
        && !first.isBlank()
        && second != null
        && first.strip().equals(second.strip());
  }

  private static int names(
      Company first,
      List<String> words,
      Company second,
      List<String> others,
      List<String> reasons) {
    if (sameName(first.name(), words, second.name(), others)) {
      reasons.add("same name");
      return 100;
    }
    int total = length(words) + length(others);
    int shared = total == 0 ? 0 : 100 * (likeness(words, others) + likeness(others, words)) / total;
    int alike = shared / 100;
    if (alike < CHANCE) {
      return 0;
    }
    if (words.stream().sorted().toList().equals(others.stream().sorted().toList())) {
      reasons.add("same words in the name");
      return OTHER_ORDER;
    }
    alike = Math.min(alike, ALIKE);
    reasons.add("names alike (" + alike + " of 100)");
    return alike;
  }

  private static int length(List<String> words) {
    return words.stream().mapToInt(String::length).sum();
  }

  /** For each word the best likeness (0 to 100) to any of the others, times its length. */
  private static int likeness(List<String> words, List<String> others) {
    int sum = 0;
    for (String word : words) {
      int best = 0;
      for (String other : others) {
        best = Math.max(best, likeness(word, other));
      }
      sum += best * word.length();
    }
    return sum;
  }

  private static int likeness(String word, String other) {
    if (word.equals(other)) {
      return 100;
    }
    int shorter = Math.min(word.length(), other.length());
    // A slip of the pen, or an abbreviation; words of three letters are too short for either.
    if (shorter >= 4 && isOneSlip(word, other)) {
      return 80;
    }
    return shorter >= 4 && (word.startsWith(other) || other.startsWith(word)) ? 60 : 0;
  }

  /** Whether one letter more, less or other turns one word into the other. */
  private static boolean isOneSlip(String word, String other) {
    String longer = word.length() >= other.length() ? word : other;
    String shorter = longer.equals(word) ? other : word;
    if (longer.length() - shorter.length() > 1) {
      return false;
    }
    int at = 0;
    while (at < shorter.length() && longer.charAt(at) == shorter.charAt(at)) {
      at++;
    }
    return longer.length() == shorter.length()
        ? longer.substring(at + 1).equals(shorter.substring(at + 1))
        : longer.substring(at + 1).equals(shorter.substring(at));
  }

  /** What is shown of an account may be its end only; fewer than four characters say nothing. */
  private static String account(Company company) {
    String bare = bare(company.bankAccount());
    return bare.length() < 4 ? "" : bare;
  }

  private static String bare(String number) {
    return number == null ? "" : number.replaceAll("[^\\p{L}\\p{N}]", "").toUpperCase(Locale.ROOT);
  }

  private static String mail(Company company) {
    String address = company.emailAddress() == null ? "" : company.emailAddress().strip();
    return address.toLowerCase(Locale.ROOT);
  }

  private static String domain(Company company) {
    String mail = mail(company);
    int at = mail.lastIndexOf('@');
    String domain = at < 0 ? "" : mail.substring(at + 1);
    return ANYBODYS.contains(domain) ? "" : domain;
  }

  /**
   * What two companies have to share for anything to speak for them; many thousands are then
   * compared with few. Of a word its beginning and its end: a slip of the pen leaves one of them.
   */
  static Set<String> traits(Company company) {
    Set<String> traits = new LinkedHashSet<>();
    for (String word : CompanyNames.words(company.name())) {
      traits.add("begins " + word.substring(0, Math.min(2, word.length())));
      traits.add("ends " + word.substring(Math.max(0, word.length() - 2)));
    }
    traits.add("name " + String.valueOf(company.name()).strip());
    traits.add("tax " + bare(company.taxNumber()));
    String account = account(company);
    traits.add("bank " + account.substring(Math.max(0, account.length() - 4)));
    traits.add("mail " + mail(company));
    traits.add("domain " + domain(company));
    phones(company).forEach(phone -> traits.add("phone " + phone));
    traits.removeIf(trait -> trait.endsWith(" "));
    return traits;
  }

  private static Set<String> phones(Company company) {
    Set<String> phones = new LinkedHashSet<>();
    for (String phone : company.phones()) {
      String digits = phone == null ? "" : phone.replaceAll("\\D", "");
      if (digits.length() >= PHONE_DIGITS) {
        phones.add(digits.substring(digits.length() - PHONE_DIGITS));
      }
    }
    return phones;
  }
}
