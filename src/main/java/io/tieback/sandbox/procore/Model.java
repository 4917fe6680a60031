package io.tieback.sandbox.procore;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The records of the stand-in. Keys of the accounting system ({@code origin_id}) are not here but
 * in {@link ExternalData}, as Procore keeps them; a record is synced when it has one there.
 */
final class Model {
  private Model() {}

  /**
   * A Procore company; {@code currency} is an ISO 4217 code.
   *
   * @param erp whether ERP Integrations is switched on; without it there is no ERP endpoint at all
   */
  record Company(long id, String name, String currency, boolean erp) {}

  /** An application (service account) with the companies that installed it. */
  record App(String clientId, String clientSecret, Set<Long> companyIds, long userId) {}

  /** A person of a company's directory. */
  record User(
      long id, long companyId, String name, String mail, boolean active, Instant createdAt) {}

  /** A project of a company. */
  static final class Project {
    private final long id;
    private final long companyId;
    private final Instant createdAt;
    String name;
    String number;

    Project(long id, long companyId, String name, String number, Instant createdAt) {
      this.id = id;
      this.companyId = companyId;
      this.name = name;
      this.number = number;
      this.createdAt = createdAt;
    }

    long id() {
      return id;
    }

    long companyId() {
      return companyId;
    }

    String name() {
      return name;
    }

    String number() {
      return number;
    }

    Instant createdAt() {
      return createdAt;
    }
  }

  /** A project's cost code; {@code code} is the leaf, {@code fullCode} the path. */
  static final class CostCode {
    private final long id;
    private final long projectId;
    private final int position;
    private final Instant createdAt;
    String code;
    String fullCode;
    String name;

    CostCode(
        long id,
        long projectId,
        String code,
        String fullCode,
        String name,
        int position,
        Instant createdAt) {
      this.id = id;
      this.projectId = projectId;
      this.code = code;
      this.fullCode = fullCode;
      this.name = name;
      this.position = position;
      this.createdAt = createdAt;
    }

    long id() {
      return id;
    }

    long projectId() {
      return projectId;
    }

    String code() {
      return code;
    }

    String fullCode() {
      return fullCode;
    }

    String name() {
      return name;
    }

    int position() {
      return position;
    }

    Instant createdAt() {
      return createdAt;
    }
  }

  /** A cost type. */
  record LineItemType(long id, long companyId, String code, String name, String baseType) {}

  /** A company of the directory. */
  static final class Vendor {
    private final long id;
    private final long companyId;
    private final Instant createdAt;
    String name;
    boolean active = true;

    Vendor(long id, long companyId, String name, Instant createdAt) {
      this.id = id;
      this.companyId = companyId;
      this.name = name;
      this.createdAt = createdAt;
    }

    long id() {
      return id;
    }

    long companyId() {
      return companyId;
    }

    String name() {
      return name;
    }

    Instant createdAt() {
      return createdAt;
    }
  }

  /** A billing period of a project. */
  record BillingPeriod(
      long id, long projectId, LocalDate start, LocalDate end, int position, Instant createdAt) {}

  /** Kinds of commitment, by Procore's names. */
  enum CommitmentType {
    WORK_ORDER("WorkOrderContract", "work_order_contract"),
    PURCHASE_ORDER("PurchaseOrderContract", "purchase_order_contract");

    final String className;
    final String itemType;

    CommitmentType(String className, String itemType) {
      this.className = className;
      this.itemType = itemType;
    }
  }

  /** A subcontract or purchase order. */
  static final class Commitment {
    long id;
    Project project;
    CommitmentType type;
    String number;
    String title;
    Vendor vendor;
    String status;
    boolean unit;
    BigDecimal retainagePercent;
    String paymentTerms;
    LocalDate contractDate;
    LocalDate deliveryDate;
    Instant createdAt;

    /** When it was deleted; null while it is there. */
    Instant deletedAt;

    final List<ChangeOrder> changeOrders = new ArrayList<>();
    final List<CommitmentLine> lines = new ArrayList<>();
    final List<Requisition> requisitions = new ArrayList<>();
    final List<ContractPayment> payments = new ArrayList<>();

    /** The sequence number that the next requisition gets at least. */
    int nextNumber() {
      return requisitions.isEmpty() ? 1 : requisitions.get(requisitions.size() - 1).number + 1;
    }
  }

  /**
   * A line of the schedule of values; {@code changeOrder} when only change orders bill against it.
   */
  static final class CommitmentLine {
    long id;
    Commitment commitment;
    CostCode costCode;
    LineItemType lineItemType;
    String description;
    BigDecimal amount;
    BigDecimal quantity;
    BigDecimal unitCost;
    String uom;
    int position;
    boolean changeOrder;
  }

  /**
   * A commitment change order: the API shows it as a package, as the potential change order that
   * holds its lines, and as a commitment change order (section 11).
   */
  static final class ChangeOrder {
    /** The id of its package, which the ERP events name too. */
    long id;

    /** The id of the potential change order that holds its lines. */
    long potentialId;

    /** The id of it as a commitment change order where that is one of its own. */
    long ownId;

    Commitment commitment;
    String number;
    String title;
    String status;
    LocalDate dueDate;
    Instant createdAt;

    /** When it was approved or rejected last, or null. */
    Instant reviewedAt;

    /** When it was deleted; null while it is there. */
    Instant deletedAt;

    final List<ChangeOrderLine> lines = new ArrayList<>();

    /** What its lines come to. */
    BigDecimal total() {
      BigDecimal sum = BigDecimal.ZERO;
      for (ChangeOrderLine line : lines) {
        sum = sum.add(line.amount());
      }
      return sum;
    }
  }

  /** A line of a change order; several may change one line of the commitment. */
  record ChangeOrderLine(
      long id,
      ChangeOrder changeOrder,
      CommitmentLine changes,
      CostCode costCode,
      LineItemType lineItemType,
      String description,
      BigDecimal amount,
      BigDecimal quantity,
      BigDecimal unitCost,
      int position) {}

  /**
   * Kinds of requisition item: API word, class name in export events, item type of external data.
   */
  enum ItemKind {
    CONTRACT_ITEM("contract_item", "Billings::ContractItem", "requisition_contract_item"),
    CONTRACT_DETAIL_ITEM(
        "contract_detail_item", "Billings::ContractDetailItem", "requisition_contract_detail_item"),
    CHANGE_ORDER_ITEM(
        "change_order_item", "Billings::ChangeOrderItem", "requisition_change_order_item");

    final String word;
    final String className;
    final String itemType;

    ItemKind(String word, String className, String itemType) {
      this.word = word;
      this.className = className;
      this.itemType = itemType;
    }
  }

  /** Where a requisition stands with the accounting system (section 5 of the reference). */
  enum ErpStatus {
    NOT_IN_ERP("not_in_erp"),
    READY_TO_EXPORT("ready_to_export"),
    /** Procore's own spelling. */
    EXPORTING("exportging"),
    FAILED_TO_EXPORT("failed_to_export"),
    REJECTED("rejected"),
    SYNCED("synced");

    final String word;

    ErpStatus(String word) {
      this.word = word;
    }
  }

  /** A subcontractor invoice. */
  static final class Requisition {
    long id;
    Commitment commitment;
    int number;
    String invoiceNumber;
    String status;
    LocalDate billingDate;
    BillingPeriod period;
    LocalDate paymentDate;
    LocalDate dueDate;
    boolean unit;
    boolean moveMaterials;
    BigDecimal tax;
    Instant createdAt;
    Instant updatedAt;
    Requisition previous;
    Summary summary;
    ErpStatus erpStatus = ErpStatus.NOT_IN_ERP;
    final List<Item> items = new ArrayList<>();
    final List<Attachment> attachments = new ArrayList<>();
  }

  /** A file of a requisition. */
  record Attachment(long id, String name, byte[] bytes) {}

  /**
   * A line of a requisition: what people entered, and what the stand-in derived from the chain of
   * earlier ones.
   */
  static final class Item {
    long id;
    Requisition requisition;
    ItemKind kind;
    CommitmentLine line;

    /** Of a change order line; null on other kinds. */
    Long changeOrderLineId;

    String description;
    CostCode costCode;
    LineItemType lineItemType;
    boolean unit;
    String taxCode;
    BigDecimal scheduledValue;
    Entered entered;
    Item previous;
    Figures figures;
  }

  /**
   * What people typed into a requisition line; null where nothing was typed. Money in the company's
   * currency.
   */
  record Entered(
      BigDecimal work,
      BigDecimal quantity,
      BigDecimal unitPrice,
      BigDecimal stored,
      BigDecimal moved,
      BigDecimal workRetained,
      BigDecimal workReleased,
      BigDecimal materialsRetained,
      BigDecimal materialsReleased,
      BigDecimal retainageMoved) {
    static final Entered NOTHING =
        new Entered(null, null, null, null, null, null, null, null, null, null);
  }

  /** A payment issued on a commitment. */
  static final class ContractPayment {
    long id;
    Commitment contract;
    BigDecimal amount;
    LocalDate date;
    LocalDate invoiceDate;
    String invoiceNumber;
    String checkNumber;
    Long paymentNumber;
    Long drawRequestNumber;
    String paymentMethod;
    String notes;
    Long requisitionId;
    List<String> attachments = new ArrayList<>();
    Instant createdAt;
    Instant updatedAt;
  }

  /** A direct cost of a project. */
  static final class DirectCost {
    final long id;
    final Project project;
    final String type;
    LocalDate date;
    String invoiceNumber;
    String description;
    String status = "draft";
    Vendor vendor;
    final List<DirectCostLine> lines = new ArrayList<>();
    Instant createdAt;
    Instant updatedAt;

    DirectCost(long id, Project project, String type) {
      this.id = id;
      this.project = project;
      this.type = type;
    }
  }

  /** A line of a direct cost. */
  static final class DirectCostLine {
    final long id;
    final DirectCost cost;
    CostCode costCode;
    LineItemType lineItemType;
    BigDecimal amount;
    String description;

    DirectCostLine(long id, DirectCost cost) {
      this.id = id;
      this.cost = cost;
    }
  }

  /** An item that an export is about. */
  record ItemRef(String itemType, long itemId) {}

  /** An ERP Request as the API shows it; {@code body} is its JSON. */
  record ErpRequest(long id, long companyId, String requestName, byte[] body, Instant createdAt) {}

  /** One status that a request detail had. */
  record DetailStatus(Instant at, String status, List<String> messages) {}

  /** An ERP Request Detail. */
  static final class Detail {
    long id;
    long companyId;
    long requestId;
    List<ItemRef> items;
    String status;
    List<String> messages = List.of();
    final List<DetailStatus> history = new ArrayList<>();

    boolean open() {
      return status.equals("in_progress") || status.equals("stale");
    }
  }
}
