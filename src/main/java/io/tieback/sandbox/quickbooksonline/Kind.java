package io.tieback.sandbox.quickbooksonline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The entities with their properties (reference section 3; names and enumerations of the schema),
 * the properties that a query may filter and sort by, and the sequence that their ids come from.
 */
enum Kind {
  VENDOR(
      "Vendor",
      "name",
      Shapes.NAME
          + "CurrencyRef:currency TermRef:ref=Term AcctNum:text100 Vendor1099:flag"
          + " TaxIdentifier:text20 BillRate:money BillAddr{"
          + Shapes.ADDRESS
          + "} ShipAddr{"
          + Shapes.ADDRESS
          + "} Balance:money- APAccountRef:ref=Account CostRate:money BusinessNumber:text10"
          + " VendorPaymentBankDetail:any Source:text",
      "DisplayName CompanyName GivenName FamilyName PrintOnCheckName Active Balance"),
  CUSTOMER(
      "Customer",
      "name",
      Shapes.NAME
          + "CurrencyRef:currency Job:flag BillWithParent:flag ParentRef:ref=Customer Level:whole-"
          + " IsProject:flag Balance:money- BalanceWithJobs:money- Taxable:flag"
          + " PreferredDeliveryMethod:text SalesTermRef:ref=Term DefaultTaxCodeRef:ref=TaxCode"
          + " PaymentMethodRef:any ResaleNum:text16 ClientEntityId:text- BillAddr{"
          + Shapes.ADDRESS
          + "} ShipAddr{"
          + Shapes.ADDRESS
          + "}",
      "DisplayName CompanyName GivenName FamilyName PrintOnCheckName FullyQualifiedName Active"
          + " Balance Job"),
  EMPLOYEE(
      "Employee",
      "name",
      Shapes.NAME
          + "EmployeeNumber:text100 EmployeeType:text SSN:text100 BillableTime:flag HiredDate:date"
          + " ReleasedDate:date PrimaryAddr{"
          + Shapes.ADDRESS
          + "}",
      "DisplayName GivenName FamilyName PrintOnCheckName Active"),
  ITEM(
      "Item",
      "Item",
      "Name:text100! Sku:text100 Description:text4000 Active:flag SubItem:flag ParentRef:ref=Item"
          + " Level:whole- FullyQualifiedName:text- Taxable:flag SalesTaxIncluded:flag"
          + " PercentBased:flag- UnitPrice:price"
          + " Type:word=Service|NonInventory|Inventory|Category|Group|Bundle"
          + " IncomeAccountRef:ref=Account PurchaseDesc:text1000 PurchaseTaxIncluded:flag"
          + " PurchaseCost:price ExpenseAccountRef:ref=Account AssetAccountRef:ref=Account"
          + " PrefVendorRef:ref=Vendor TrackQtyOnHand:flag QtyOnHand:price InvStartDate:date"
          + " ReorderPoint:price ManPartNum:text SalesTaxCodeRef:ref=TaxCode"
          + " PurchaseTaxCodeRef:ref=TaxCode ClassRef:ref=Class ItemCategoryType:text-"
          + " ServiceType:text Source:text",
      "Name Active Type Sku FullyQualifiedName"),
  ACCOUNT(
      "Account",
      "Account",
      "Name:text100! AcctNum:text20 AccountType:word="
          + Shapes.ACCOUNT_TYPES
          + " AccountSubType:text Classification:text- SubAccount:flag ParentRef:ref=Account"
          + " Description:text100 FullyQualifiedName:text- Active:flag CurrentBalance:money-"
          + " CurrentBalanceWithSubAccounts:money- CurrencyRef:currency TaxCodeRef:ref=TaxCode",
      "Name AcctNum AccountType AccountSubType Classification Active SubAccount"
          + " FullyQualifiedName CurrentBalance"),
  CLASS(
      "Class",
      "Class",
      "Name:text100! SubClass:flag ParentRef:ref=Class FullyQualifiedName:text- Active:flag",
      "Name Active FullyQualifiedName"),
  TERM(
      "Term",
      "Term",
      "Name:text31! Active:flag Type:text- DiscountPercent:price DueDays:whole DiscountDays:whole"
          + " DayOfMonthDue:whole DueNextMonthDays:whole DiscountDayOfMonth:whole",
      "Name Active"),
  TAX_CODE(
      "TaxCode",
      "TaxCode",
      "Name:text100! Description:text Active:flag Hidden:flag Taxable:flag TaxGroup:flag"
          + " SalesTaxRateList:any PurchaseTaxRateList:any",
      "Name Active"),
  TAX_RATE(
      "TaxRate",
      "TaxRate",
      "Name:text100! Description:text Active:flag RateValue:price AgencyRef:any SpecialTaxType:text"
          + " DisplayType:text",
      "Name Active"),
  BILL(
      "Bill",
      "transaction",
      Shapes.FROM_VENDOR
          + "SalesTermRef:ref=Term DueDate:date Balance:money-"
          + " HomeBalance:money- RemitToAddr:any- ShipAddr:any-",
      "DocNumber TxnDate DueDate TotalAmt Balance VendorRef APAccountRef SalesTermRef"),
  VENDOR_CREDIT(
      "VendorCredit",
      "transaction",
      Shapes.FROM_VENDOR + "Balance:money-",
      "DocNumber TxnDate TotalAmt Balance VendorRef"),
  PURCHASE_ORDER(
      "PurchaseOrder",
      "transaction",
      Shapes.FROM_VENDOR
          + "DueDate:date ExpectedDate:date Memo:text4000 FOB:text15"
          + " SalesTermRef:ref=Term ClassRef:ref=Class ShipTo:any ShipAddr{"
          + Shapes.ADDRESS
          + "} ShipMethodRef:any POEmail{Address:text100} EmailStatus:text ManuallyClosed:flag-"
          + " POStatus:word=Open|Closed",
      "DocNumber TxnDate DueDate TotalAmt VendorRef POStatus"),
  BILL_PAYMENT(
      "BillPayment",
      "transaction",
      Shapes.TRANSACTION
          + "VendorRef:ref=Vendor! APAccountRef:ref=Account PayType:word=Check|CreditCard!"
          + " CheckPayment{BankAccountRef:ref=Account! PrintStatus:word="
          + Shapes.PRINT
          + " CheckDetail:any} CreditCardPayment{CCAccountRef:ref=Account! CCDetail:any}"
          + " VendorAddr:any- ProcessBillPayment:flag TotalAmt:money!"
          + " Line[Id:text Amount:money! LineEx:any- LinkedTxn[TxnId:text! TxnType:text!"
          + " TxnLineId:text]!]",
      "DocNumber TxnDate TotalAmt VendorRef PayType APAccountRef"),
  PURCHASE(
      "Purchase",
      "transaction",
      Shapes.PURCHASE
          + "AccountRef:ref=Account! PaymentType:word=Cash|Check|CreditCard! EntityRef:ref"
          + " Credit:flag PaymentRefNum:text21 PaymentMethodRef:any PrintStatus:word="
          + Shapes.PRINT
          + " RemitToAddr:any-",
      "DocNumber TxnDate TotalAmt PaymentType AccountRef"),
  JOURNAL_ENTRY(
      "JournalEntry",
      "transaction",
      Shapes.TRANSACTION
          + "Adjustment:flag TotalAmt:money- HomeTotalAmt:money- GlobalTaxCalculation:word="
          + Shapes.TAX
          + " Line[Id:text LineNum:whole Description:text4000 Amount:money ProjectRef:any"
          + " DetailType:word=JournalEntryLineDetail|DescriptionOnly! DescriptionLineDetail:any"
          + " JournalEntryLineDetail{PostingType:word=Debit|Credit! AccountRef:ref=Account!"
          + " Entity{Type:word=Vendor|Customer|Employee! EntityRef:ref!} ClassRef:ref=Class"
          + " DepartmentRef:any TaxCodeRef:ref=TaxCode TaxApplicableOn:text TaxAmount:money"
          + " BillableStatus:word="
          + Shapes.BILLABLE
          + "}]!",
      "DocNumber TxnDate TotalAmt Adjustment"),
  BUDGET(
      "Budget",
      "Budget",
      "Name:text100! StartDate:date EndDate:date BudgetType:text BudgetEntryType:text Active:flag"
          + " BudgetDetail:any",
      "Name Active StartDate EndDate"),
  ATTACHABLE(
      "Attachable",
      "Attachable",
      "FileName:text1000 FileAccessUri:text- TempDownloadUri:text- Size:whole- ContentType:text100"
          + " Category:text100 Note:text2000 Tag:text2000 PlaceName:text2000 Lat:text100"
          + " Long:text100 ThumbnailFileAccessUri:text- ThumbnailTempDownloadUri:text-"
          + " AttachableRef[EntityRef{value:text! type:text! name:text-} IncludeOnSend:flag"
          + " LineInfo:text]",
      "FileName Note AttachableRef.EntityRef.value AttachableRef.EntityRef.Type"
          + " AttachableRef.EntityRef.type"),
  COMPANY_INFO("CompanyInfo", "CompanyInfo", "CompanyName:text!", "CompanyName"),
  PREFERENCES("Preferences", "Preferences", "AccountingInfoPrefs:any", "");

  private static final Map<String, Kind> BY_PATH =
      Arrays.stream(values()).collect(Collectors.toMap(Kind::path, Function.identity()));
  private static final Map<String, Kind> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.entity, Function.identity()));

  /** Name in bodies and queries. */
  final String entity;

  /** The sequence of its ids. */
  final String sequence;

  final Shape shape;

  /** Properties of where and order by. */
  final List<String> filterable;

  Kind(String entity, String sequence, String shape, String filterable) {
    this.entity = entity;
    this.sequence = sequence;
    this.shape = Shape.of(Shapes.COMMON + shape);
    this.filterable =
        List.of(
            ("Id MetaData.CreateTime MetaData.LastUpdatedTime " + filterable).trim().split(" "));
  }

  /** The kind of a path's last part, or null. */
  static Kind ofPath(String path) {
    return BY_PATH.get(path);
  }

  /** The kind of an entity's name in any letter case, or null. */
  static Kind named(String entity) {
    Kind exact = BY_NAME.get(entity);
    return exact != null ? exact : BY_PATH.get(entity.toLowerCase(Locale.ROOT));
  }

  String path() {
    return entity.toLowerCase(Locale.ROOT);
  }

  /** Whether it is a transaction: dated, and deleted for good. */
  boolean isTransaction() {
    return sequence.equals("transaction");
  }

  /** Whether it is one of the three that share their names. */
  boolean isName() {
    return sequence.equals("name");
  }

  /** Whether it has a name of its own and can be made inactive. */
  boolean isList() {
    return !isTransaction() && this != ATTACHABLE && this != COMPANY_INFO && this != PREFERENCES;
  }

  /** The property with its name. */
  String nameField() {
    return isName() ? "DisplayName" : "Name";
  }

  /** Whether the API makes and changes it. That budgets can only be read is UNCERTAIN. */
  boolean isWritable() {
    return switch (this) {
      case BUDGET, TAX_CODE, TAX_RATE, COMPANY_INFO, PREFERENCES -> false;
      default -> true;
    };
  }
}
