package io.tieback.sandbox.quickbooksonline;

/** Parts of shapes that several entities share. */
final class Shapes {
  static final String COMMON =
      "Id:text SyncToken:text MetaData:any- domain:text- sparse:flag- CustomField:any ";
  static final String ADDRESS =
      "Id:text Line1:text500 Line2:text500 Line3:text500 Line4:text500 Line5:text500 City:text255"
          + " Country:text255 CountryCode:text CountrySubDivisionCode:text255 PostalCode:text30"
          + " Lat:text Long:text";
  static final String NAME =
      "Title:text16 GivenName:text100 MiddleName:text100 FamilyName:text100 Suffix:text16"
          + " DisplayName:text500! CompanyName:text100 PrintOnCheckName:text110"
          + " FullyQualifiedName:text- Active:flag Notes:text4000 V4IDPseudonym:text-"
          + " PrimaryPhone{FreeFormNumber:text30} AlternatePhone{FreeFormNumber:text30}"
          + " Mobile{FreeFormNumber:text30} Fax{FreeFormNumber:text30}"
          + " PrimaryEmailAddr{Address:text100} WebAddr{URI:text1000} OtherContactInfo:any ";
  static final String TAX = "TaxInclusive|TaxExcluded|NotApplicable";
  static final String BILLABLE = "Billable|NotBillable|HasBeenBilled";
  static final String PRINT = "NotSet|NeedToPrint|PrintComplete";
  static final String ACCOUNT_TYPES =
      "Bank|Accounts_Receivable|Other_Current_Asset|Fixed_Asset|Other_Asset|Accounts_Payable"
          + "|Credit_Card|Other_Current_Liability|Long_Term_Liability|Equity|Income"
          + "|Cost_of_Goods_Sold|Expense|Other_Income|Other_Expense";
  static final String TRANSACTION =
      "DocNumber:text21 TxnDate:date CurrencyRef:currency ExchangeRate:price PrivateNote:text4000"
          + " DepartmentRef:any TxnSource:text- RecurDataRef:any- ProjectRef:any"
          + " LinkedTxn[TxnId:text! TxnType:text! TxnLineId:text] TxnTaxDetail:any ";
  private static final String DETAIL =
      "CustomerRef:ref=Customer ClassRef:ref=Class BillableStatus:word="
          + BILLABLE
          + " TaxCodeRef:ref=TaxCode TaxInclusiveAmt:money MarkupInfo:any";
  static final String PURCHASE =
      TRANSACTION
          + "TotalAmt:money- GlobalTaxCalculation:word="
          + TAX
          + " Line[Id:text LineNum:whole Description:text4000 Amount:money Received:money-"
          + " ProjectRef:any CustomField:any LinkedTxn[TxnId:text! TxnType:text! TxnLineId:text]"
          + " DetailType:word=ItemBasedExpenseLineDetail|AccountBasedExpenseLineDetail|DescriptionOnly!"
          + " DescriptionLineDetail:any ItemBasedExpenseLineDetail{ItemRef:ref=Item Qty:price"
          + " UnitPrice:price ItemAccountRef:any- "
          + DETAIL
          + "} AccountBasedExpenseLineDetail{AccountRef:ref=Account!"
          + " TaxAmount:money "
          + DETAIL
          + "}]! ";

  static final String FROM_VENDOR =
      PURCHASE + "VendorRef:ref=Vendor! VendorAddr:any- APAccountRef:ref=Account ";

  private Shapes() {}
}
