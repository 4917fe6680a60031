package io.tieback.sandbox.xero;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One organisation (tenant) with everything in its books. */
final class Organisation {
  final String tenantId;
  final String shortCode = "!" + Ids.make().substring(0, 5);
  String name;
  String baseCurrency;
  String countryCode;
  String timezoneName;
  ZoneId zone;
  LocalDate periodLockDate;
  LocalDate endOfYearLockDate;
  Instant created;

  final Map<String, Account> accounts = new LinkedHashMap<>();
  final Map<String, TaxRate> taxRates = new LinkedHashMap<>();
  final Map<String, TrackingCategory> tracking = new LinkedHashMap<>();
  final Store<Contact> contacts = new Store<>();
  final Store<Item> items = new Store<>();
  final Map<String, Item> itemsByCode = new LinkedHashMap<>();
  final Store<Invoice> invoices = new Store<>();
  final Store<CreditNote> creditNotes = new Store<>();
  final Store<Payment> payments = new Store<>();
  final Store<BatchPayment> batches = new Store<>();
  final Store<PurchaseOrder> orders = new Store<>();
  final Store<SpendMoney> spendMoney = new Store<>();
  final List<ManualJournal> journals = new ArrayList<>();
  int lastOrderNumber;
  private final Map<String, Map<String, Invoice>> billsByNumber = new HashMap<>();

  Organisation(String tenantId) {
    this.tenantId = tenantId;
  }

  /** Adds a bill or replaces the one with its id, keeping the index of numbers. */
  void putBill(Invoice invoice, Instant now) {
    Invoice before = invoices.get(invoice.id);
    if (before != null && !before.number.equals(invoice.number)) {
      billsByNumber.get(before.number).remove(before.id);
    }
    billsByNumber
        .computeIfAbsent(invoice.number, number -> new LinkedHashMap<>())
        .put(invoice.id, invoice);
    invoices.put(invoice, now);
  }

  /** The bills of a number, oldest first; numbers of bills are not unique. */
  Collection<Invoice> billsNumbered(String number) {
    return billsByNumber.getOrDefault(number, Map.of()).values();
  }

  /** The account of a code, or null. */
  Account account(String code) {
    return accounts.get(code);
  }

  Account accountById(String id) {
    return accounts.values().stream()
        .filter(account -> account.id.equals(id))
        .findFirst()
        .orElse(null);
  }

  /** Whether documents of that day may not be touched. */
  LocalDate lockAgainst(LocalDate day) {
    if (periodLockDate != null && !day.isAfter(periodLockDate)) {
      return periodLockDate;
    }
    return endOfYearLockDate != null && !day.isAfter(endOfYearLockDate) ? endOfYearLockDate : null;
  }

  /** The refusal for a document of that day, or null when it is open. */
  String lockMessage(LocalDate day) {
    LocalDate lock = lockAgainst(day);
    return lock == null
        ? null
        : "The document date cannot be before the period lock date, currently set at "
            + Dates.spoken(lock);
  }

  /** An account of the chart. */
  static final class Account extends Stored {
    final String code;
    final String name;
    final String type;
    final String accountClass;
    final String taxType;
    final String status;
    final String bankAccountType;
    final String systemAccount;
    final boolean enablePayments;

    Account(
        String id,
        String code,
        String name,
        String type,
        String accountClass,
        String taxType,
        String status,
        String bankAccountType,
        String systemAccount,
        boolean enablePayments) {
      super(id);
      this.code = code;
      this.name = name;
      this.type = type;
      this.accountClass = accountClass;
      this.taxType = taxType;
      this.status = status;
      this.bankAccountType = bankAccountType;
      this.systemAccount = systemAccount;
      this.enablePayments = enablePayments;
    }

    boolean isBank() {
      return type.equals("BANK");
    }

    /** Whether payments may be made from it. */
    boolean pays() {
      return status.equals("ACTIVE") && (isBank() || enablePayments);
    }
  }

  /** A tax rate; {@code classes} are the account classes that it may be used with. */
  record TaxRate(
      String taxType, String name, BigDecimal percent, String status, List<String> classes) {}

  /** An item (cost code and cost type). */
  static final class Item extends Stored {
    String code;
    String name;
    String description;
    String purchaseDescription;
    boolean isSold = true;
    boolean isPurchased = true;
    BigDecimal purchasePrice;
    String purchaseAccountCode;
    String purchaseTaxType;
    String salesAccountCode;

    Item(String id) {
      super(id);
    }
  }

  /** A tracking category with its options. */
  static final class TrackingCategory {
    final String id;
    String name;
    String status = "ACTIVE";
    final List<Option> options = new ArrayList<>();

    TrackingCategory(String id, String name) {
      this.id = id;
      this.name = name;
    }

    Option option(String optionId) {
      return options.stream().filter(option -> option.id.equals(optionId)).findFirst().orElse(null);
    }

    Option named(String optionName) {
      return options.stream()
          .filter(option -> option.name.equalsIgnoreCase(optionName))
          .findFirst()
          .orElse(null);
    }
  }

  /** A tracking option (project). */
  static final class Option {
    final String id;
    String name;
    String status = "ACTIVE";
    boolean used;

    Option(String id, String name) {
      this.id = id;
      this.name = name;
    }
  }
}
