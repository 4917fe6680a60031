package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.TakenNumber;
import io.tieback.erp.ErpItems.ErpItem;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What documents name, by name and number, and which numbers are taken. */
class QuickBooksCatalogueTest {

  private final ScriptedRealm realm = new ScriptedRealm();
  private final QuickBooksCatalogue catalogue =
      new QuickBooksCatalogue(Ids.items(), realm.calls(), realm.clock);

  @AfterEach
  void stop() {
    realm.close();
    assertThat(realm.budget.open()).as("leaves not given back").isZero();
  }

  @Test
  @DisplayName("QBO-WBS-01: an item that stands on bills needs an expense account and to be active")
  void items() {
    String expense = realm.enter("Account", "{`Name`:`Jobs`,`AcctNum`:`5000`,`Active`:true}");
    String id =
        realm.enter(
            "Item",
            "{`Name`:`1042-03-300.S`,`Active`:true,`ExpenseAccountRef`:{`value`:`"
                + expense
                + "`}}");
    realm.enter("Item", "{`Name`:`Loose`,`Active`:true}");
    realm.enter("Item", "{`Name`:`Old`,`Active`:false}");
    assertThat(catalogue.item("1042-03-300.S")).isEqualTo(id);
    int calls = realm.asked().size();
    assertThat(catalogue.item("1042-03-300.s")).isEqualTo(id);
    assertThat(realm.asked()).as("reads are metered").hasSize(calls);
    assertThatThrownBy(() -> catalogue.item("Loose")).hasMessageContaining("no expense account");
    assertThatThrownBy(() -> catalogue.item("Old")).hasMessageContaining("inactive");
    assertThatThrownBy(() -> catalogue.item("New")).hasMessageContaining("no item named 'New'");
    String later =
        realm.enter("Item", "{`Name`:`New`,`Active`:true,`ExpenseAccountRef`:{`value`:`1`}}");
    assertThat(catalogue.item("New")).isEqualTo(later);
    assertThat(catalogue.all().byCode())
        .containsOnlyKeys("1042-03-300.S", "Loose", "New")
        .containsEntry("1042-03-300.S", new ErpItem(id, "1042-03-300.S", "1042-03-300.S", "5000"));
  }

  @Test
  @DisplayName("several active items or accounts of one name are asked back, never chosen from")
  void oneNameTwice() {
    String active =
        realm.enter("Item", "{`Name`:`Rock`,`Active`:true,`ExpenseAccountRef`:{`value`:`1`}}");
    realm.enter("Item", "{`Name`:`Rock`,`Active`:false}");
    assertThat(catalogue.item("Rock")).isEqualTo(active);
    for (String category : List.of("A", "B")) {
      realm.enter(
          "Item",
          "{`Name`:`Sand`,`FullyQualifiedName`:`"
              + category
              + ":Sand`,`Active`:true,`ExpenseAccountRef`:{`value`:`1`}}");
      realm.enter(
          "Account", "{`Name`:`Subs`,`FullyQualifiedName`:`" + category + ":Subs`,`Active`:true}");
    }
    QuickBooksCatalogue two = new QuickBooksCatalogue(Ids.items(), realm.calls(), realm.clock);
    assertThatThrownBy(() -> two.item("Sand")).hasMessageContaining("several active items");
    assertThatThrownBy(() -> two.account("Subs")).hasMessageContaining("A:Subs, B:Subs");
    assertThat(two.account("B:Subs")).isNotBlank();
  }

  @Test
  void accountsByNumberThenByName() {
    String numbered = realm.enter("Account", "{`Name`:`Jobs`,`AcctNum`:`5000`,`Active`:true}");
    String named =
        realm.enter("Account", "{`Name`:`5000`,`FullyQualifiedName`:`Costs:Jobs`,`Active`:true}");
    assertThat(catalogue.account("5000")).isEqualTo(numbered);
    assertThat(catalogue.account("costs:jobs")).isEqualTo(named);
    assertThatThrownBy(() -> catalogue.account("6000")).hasMessageContaining("'6000'");
  }

  @Test
  void theOnlyPayableAccountIsTheOne() {
    assertThatThrownBy(catalogue::payable).hasMessageContaining("0 active accounts");
    String id =
        realm.enter("Account", "{`Name`:`A/P`,`AccountType`:`Accounts Payable`,`Active`:true}");
    assertThat(catalogue.payable()).isEqualTo(id);
    realm.enter("Account", "{`Name`:`A/P 2`,`AccountType`:`Accounts Payable`,`Active`:true}");
    QuickBooksCatalogue two = new QuickBooksCatalogue(Ids.items(), realm.calls(), realm.clock);
    assertThatThrownBy(two::payable).hasMessageContaining("A/P, A/P 2");
  }

  @Test
  @DisplayName("TB-INV-10: one query tells which numbers of suppliers are taken")
  void takenNumbers() {
    realm.enter(
        "Bill",
        "{`VendorRef`:{`value`:`46`},`DocNumber`:`SC-1`,`Line`:[{`Amount`:10.00}],`PrivateNote`:`[tieback:"
            + " m1]`}");
    realm.enter("Bill", "{`VendorRef`:{`value`:`99`},`DocNumber`:`SC-2`,`Line`:[]}");
    realm.enter(
        "Bill", "{`VendorRef`:{`value`:`46`},`DocNumber`:`SC-3`,`Line`:[],`PrivateNote`:`Voided`}");
    realm.enter("VendorCredit", "{`VendorRef`:{`value`:`46`},`DocNumber`:`SC-4`,`Line`:[]}");
    List<TakenNumber> taken =
        new QuickBooksNumbers(realm.calls())
            .taken(
                List.of(
                    bill(1, "46", work("a", "1.00", null, "1", null)),
                    bill(2, "46", work("a", "1.00", null, "1", null)),
                    bill(3, "46", work("a", "1.00", null, "1", null)),
                    bill(4, "46", work("a", "-1.00", null, "1", null))));
    assertThat(taken).extracting(TakenNumber::number).containsExactly("SC-1", "SC-4");
    assertThat(taken.get(0).marker()).isEqualTo("m1");
    assertThat(taken.get(0).total().toString()).isEqualTo("10.00");
    assertThat(taken.get(0).changedAt()).isNotNull();
    assertThat(taken.get(1).credit()).isTrue();
    assertThat(realm.asked()).hasSize(2);
  }
}
