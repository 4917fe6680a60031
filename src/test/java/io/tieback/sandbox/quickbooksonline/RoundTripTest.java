package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.bill;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was read can be sent back as it is, and then nothing has changed (reference section 4). */
class RoundTripTest {
  private static final List<String> ENTITIES =
      List.of(
          "Vendor",
          "Customer",
          "Employee",
          "Item",
          "Account",
          "Class",
          "Term",
          "PurchaseOrder",
          "Bill",
          "VendorCredit",
          "Purchase",
          "JournalEntry",
          "BillPayment",
          "Attachable");
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  private static JsonNode bare(JsonNode object) {
    ObjectNode bare = object.deepCopy();
    bare.remove(List.of("SyncToken", "MetaData"));
    return bare;
  }

  @Test
  void everyEntityComesBackAsItWasSent() {
    String order =
        books
            .made(
                "PurchaseOrder",
                bill("SC-1", line("100"))
                    .replace(
                        "'DocNumber'",
                        "'APAccountRef':{'value':'1'},'Memo':'m','ShipAddr':{'Line1':'a'},'DocNumber'"))
            .get("Id")
            .textValue();
    String comment = line("1").replace("'ItemRef':{'value':'1'},", "");
    String linked =
        line("10")
            .replaceFirst(
                "\\{",
                "{'LinkedTxn':[{'TxnId':'"
                    + order
                    + "','TxnType':'PurchaseOrder','TxnLineId':'1'}],");
    String bill = books.made("Bill", bill("B-1", linked, comment, line("5"))).get("Id").textValue();
    books.made("VendorCredit", bill("C-1", line("5")));
    books.made(
        "Purchase",
        "{'AccountRef':{'value':'2'},'PaymentType':'Check','EntityRef':{'value':'11','type':'Vendor'},'Line':["
            + line("7")
            + "]}");
    books.made(
        "JournalEntry",
        "{'Line':[{'DetailType':'JournalEntryLineDetail','Amount':5,'JournalEntryLineDetail':{'PostingType':'Debit','AccountRef':{'value':'5'},'Entity':{'Type':'Customer','EntityRef':{'value':'22'}}}},"
            + "{'DetailType':'JournalEntryLineDetail','Amount':5,'JournalEntryLineDetail':{'PostingType':'Credit','AccountRef':{'value':'6'}}}]}");
    books.control(
        "POST",
        "pay",
        "{'realmId':'"
            + books.realm
            + "','accountId':'2','bills':[{'id':'"
            + bill
            + "','amount':4}]}");
    books.made(
        "Attachable",
        "{'Note':'n','AttachableRef':[{'EntityRef':{'type':'Bill','value':'" + bill + "'}}]}");
    for (String entity : ENTITIES) {
      JsonNode rows = books.found("select *, Id from " + entity).get(entity);
      assertThat(rows).as(entity).isNotEmpty();
      for (JsonNode row : rows) {
        String id = row.get("Id").textValue();
        JsonNode before = books.read(entity, id);
        JsonNode after = books.made(entity, before.toString().replace("'", "\\u0027"));
        assertThat(bare(after)).as(entity).isEqualTo(bare(before));
        assertThat(after.get("SyncToken").asInt()).isEqualTo(before.get("SyncToken").asInt() + 1);
      }
    }
  }
}
