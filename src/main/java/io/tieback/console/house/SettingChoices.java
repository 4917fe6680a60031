package io.tieback.console.house;

import io.tieback.console.page.Ask;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.ErpItems.ErpItem;
import io.tieback.erp.ErpSetup.Account;
import io.tieback.platform.Key;
import io.tieback.platform.keys.InvoiceKeys;
import io.tieback.wire.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a setting can be chosen from: its own values, or what the ERP has (GEN-CFG-10). Retainage
 * that lies on anything but a current liability is warned of.
 */
final class SettingChoices {

  private static final Set<Key<?>> ACCOUNTS =
      Set.of(InvoiceKeys.RETAINAGE_ACCOUNT, InvoiceKeys.DEFAULT_ACCOUNT);

  private final Books books;

  SettingChoices(Books books) {
    this.books = books;
  }

  /** A value with what people read. */
  public record Choice(String value, String label) {}

  /**
   * What can be chosen.
   *
   * @param choices values; empty when it is to be typed
   * @param problem why the ERP could not be asked, or blank
   */
  record Offered(List<Choice> choices, String problem) {}

  /** What there is to choose from; what is in force stays among it. */
  Offered of(Ask ask, ConnectionId connection, Key<?> key, String present) {
    if (!key.type().choices().isEmpty()) {
      return new Offered(
          key.type().choices().stream().map(v -> new Choice(v, label(ask, v))).toList(), "");
    }
    if (!ACCOUNTS.contains(key) && key != InvoiceKeys.RETAINAGE_ITEM) {
      return new Offered(List.of(), "");
    }
    try {
      Map<String, Account> accounts = books.accounts(connection);
      List<Choice> found =
          new ArrayList<>(
              ACCOUNTS.contains(key)
                  ? accounts(ask, accounts, key)
                  : items(ask, books.items(connection), accounts));
      if (found.isEmpty()) {
        return new Offered(List.of(), "");
      }
      if (present != null && found.stream().noneMatch(one -> one.value().equals(present))) {
        found.add(0, new Choice(present, ask.text("settings.choice.gone", present)));
      }
      found.add(0, new Choice("", ask.text("settings.choice.none")));
      return new Offered(List.copyOf(found), "");
    } catch (Failure failure) {
      return new Offered(List.of(), ask.text("settings.choice.silent", failure.getMessage()));
    }
  }

  /** Why a value is doubtful though it is allowed; empty when nothing is known against it. */
  Optional<String> doubt(Ask ask, ConnectionId connection, Key<?> key, String value) {
    if (value.isEmpty()
        || (key != InvoiceKeys.RETAINAGE_ACCOUNT && key != InvoiceKeys.RETAINAGE_ITEM)) {
      return Optional.empty();
    }
    try {
      Map<String, Account> accounts = books.accounts(connection);
      String code = value;
      if (key == InvoiceKeys.RETAINAGE_ITEM) {
        Optional<ErpItem> item =
            books.items(connection).stream().filter(one -> one.code().equals(value)).findFirst();
        if (item.isEmpty()) {
          return Optional.of(ask.text("settings.doubt.item", value));
        }
        code = item.get().purchaseAccountCode();
        if (code == null) {
          return Optional.of(ask.text("settings.doubt.no-account", value));
        }
      }
      Account account = accounts.get(code);
      if (account == null) {
        return Optional.of(ask.text("settings.doubt.account", code));
      }
      return account.currentLiability()
          ? Optional.empty()
          : Optional.of(ask.text("settings.doubt.liability", code, account.name(), account.type()));
    } catch (Failure failure) {
      return Optional.of(ask.text("settings.choice.silent", failure.getMessage()));
    }
  }

  private static List<Choice> accounts(Ask ask, Map<String, Account> accounts, Key<?> key) {
    return accounts.values().stream()
        .filter(account -> account.active() && !account.system())
        .sorted(
            Comparator.comparing(
                    (Account account) ->
                        key == InvoiceKeys.RETAINAGE_ACCOUNT && !account.currentLiability())
                .thenComparing(Account::code))
        .map(
            account ->
                new Choice(
                    account.code(),
                    account.code()
                        + " · "
                        + account.name()
                        + (key == InvoiceKeys.RETAINAGE_ACCOUNT && !account.currentLiability()
                            ? " (" + ask.text("settings.choice.no-liability") + ")"
                            : "")))
        .toList();
  }

  private static List<Choice> items(Ask ask, List<ErpItem> items, Map<String, Account> accounts) {
    return items.stream()
        .map(
            item -> {
              Account account =
                  item.purchaseAccountCode() == null
                      ? null
                      : accounts.get(item.purchaseAccountCode());
              boolean liability = account != null && account.currentLiability();
              return Map.entry(
                  liability,
                  new Choice(
                      item.code(),
                      item.code()
                          + (item.name() == null ? "" : " · " + item.name())
                          + (liability
                              ? ""
                              : " (" + ask.text("settings.choice.no-liability") + ")")));
            })
        .sorted(Comparator.comparing(entry -> !entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static String label(Ask ask, String value) {
    return switch (value) {
      case "true" -> ask.text("settings.yes");
      case "false" -> ask.text("settings.no");
      default -> value;
    };
  }
}
