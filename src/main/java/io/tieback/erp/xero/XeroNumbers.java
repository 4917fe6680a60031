package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.TakenNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks Xero which numbers of suppliers are taken: one call for all bills, by its lists of numbers
 * and suppliers, which are quicker than a filter (Xero reference section 3.6). Numbers that make
 * such a list too long for an address, or hold its separator, go in further calls. Credit notes
 * have no list of numbers: all live ones of the supplier are listed, one call a supplier, and only
 * for invoices below zero.
 */
final class XeroNumbers {

  private static final String DOING = "asking whether invoice numbers are taken";
  private static final Set<String> GONE = Set.of("VOIDED", "DELETED");

  /** Well below what servers take of an address, with every character escaped. */
  private static final int LONGEST_LIST = 1_500;

  private final XeroPages pages;

  XeroNumbers(XeroCalls calls) {
    this.pages = new XeroPages(calls);
  }

  /**
   * Live documents of the suppliers of these bills that bear one of their numbers. May name more
   * than asked for: a number of one supplier on a document of another that was asked for too.
   *
   * @throws io.tieback.wire.Failure when Xero does not tell
   */
  List<TakenNumber> taken(List<Bill> bills) {
    List<TakenNumber> taken = new ArrayList<>();
    for (List<Bill> group : groups(bills.stream().filter(bill -> !bill.isCredit()).toList())) {
      taken.addAll(read(XeroDocument.BILL, query(group)));
    }
    Set<String> suppliers = new LinkedHashSet<>();
    bills.stream().filter(Bill::isCredit).forEach(bill -> suppliers.add(bill.contactKey()));
    for (String supplier : suppliers) {
      taken.addAll(
          read(
              XeroDocument.CREDIT_NOTE,
              Map.of(
                  "where",
                  XeroDocument.CREDIT_NOTE.where()
                      + " AND Contact.ContactID==guid(\""
                      + supplier
                      + "\")")));
    }
    return taken;
  }

  private List<TakenNumber> read(XeroDocument kind, Map<String, String> query) {
    return List.copyOf(
        pages
            .read(
                new XeroPages.Wanted(kind.plural(), kind.idField(), query, null, DOING),
                document -> taken(kind, document),
                () -> false)
            .records());
  }

  private static TakenNumber taken(XeroDocument kind, JsonNode document) {
    String status = String.valueOf(XeroJson.text(document, "Status"));
    String contact = XeroJson.text(document.path("Contact"), "ContactID");
    String number = XeroJson.text(document, kind.numberField());
    if (GONE.contains(status) || contact == null || number == null) {
      return null;
    }
    String id = XeroJson.id(document, kind.idField());
    return new TakenNumber(
        contact,
        number,
        kind == XeroDocument.CREDIT_NOTE,
        id,
        status,
        XeroJson.money(document, "Total", kind.word() + " " + id),
        kind.marker(document),
        XeroJson.instant(document, "UpdatedDateUTC"));
  }

  /** Bills whose numbers fit into one list; one with the list's separator stands alone. */
  private static List<List<Bill>> groups(List<Bill> bills) {
    List<List<Bill>> groups = new ArrayList<>();
    List<Bill> group = new ArrayList<>();
    int length = 0;
    for (Bill bill : bills) {
      if (!canBeListed(bill)) {
        groups.add(List.of(bill));
        continue;
      }
      if (!group.isEmpty() && length + bill.number().length() > LONGEST_LIST) {
        groups.add(group);
        group = new ArrayList<>();
        length = 0;
      }
      group.add(bill);
      length += bill.number().length() + 1;
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  private static boolean canBeListed(Bill bill) {
    return !bill.number().contains(",");
  }

  private static Map<String, String> query(List<Bill> group) {
    Map<String, String> query = new LinkedHashMap<>();
    Set<String> suppliers = new LinkedHashSet<>();
    Set<String> numbers = new LinkedHashSet<>();
    for (Bill bill : group) {
      suppliers.add(bill.contactKey());
      numbers.add(bill.number().strip());
    }
    if (canBeListed(group.get(0))) {
      query.put("where", XeroDocument.BILL.where());
      query.put("InvoiceNumbers", String.join(",", numbers));
    } else {
      query.put(
          "where",
          XeroDocument.BILL.where()
              + " AND InvoiceNumber==\""
              + numbers.iterator().next().replace("\\", "\\\\").replace("\"", "\\\"")
              + "\"");
    }
    query.put("ContactIDs", String.join(",", suppliers));
    return query;
  }
}
