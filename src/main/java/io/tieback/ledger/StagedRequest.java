package io.tieback.ledger;

import java.util.List;

/**
 * An ERP request that was read and understood, ready to become work.
 *
 * @param row the ledger's key of the request
 * @param name Procore's name of the event
 * @param body the whole request as JSON
 * @param apiCalls calls that reading it took
 * @param items the records that it asks for; at least one
 * @param details the request details that have to be closed; may be none (GEN-API-40)
 */
public record StagedRequest(
    long row, String name, String body, int apiCalls, List<Item> items, List<Detail> details) {

  /**
   * @throws IllegalArgumentException when there is nothing to do: such a request is parked instead
   */
  public StagedRequest {
    items = List.copyOf(items);
    details = List.copyOf(details);
    if (items.isEmpty()) {
      throw new IllegalArgumentException(
          "ERP request row "
              + row
              + " ("
              + name
              + ") holds no record: park it with a message instead of staging it");
    }
  }

  /**
   * One record that goes out.
   *
   * @param entity what it is, in Procore's External Data vocabulary, such as {@link
   *     WorkItem#REQUISITION}
   * @param procoreId Procore's id of it
   * @param event its part of the event, as JSON
   * @param projectId its project, or null
   * @param commitmentId its commitment, or null
   * @param vendorId its vendor, or null
   * @param figures digest of the figures that the event states, or null where it states none: a
   *     record that left already and comes again with another is not answered as if nothing had
   *     changed
   */
  public record Item(
      String entity,
      long procoreId,
      String event,
      Long projectId,
      Long commitmentId,
      Long vendorId,
      String figures) {

    /** A record whose event states no figures. */
    public Item(
        String entity,
        long procoreId,
        String event,
        Long projectId,
        Long commitmentId,
        Long vendorId) {
      this(entity, procoreId, event, projectId, commitmentId, vendorId, null);
    }
  }

  /**
   * One request detail.
   *
   * @param detailId Procore's id of it
   * @param procoreIds the records of this request that it is about; none means all of them
   */
  public record Detail(long detailId, List<Long> procoreIds) {
    public Detail {
      procoreIds = List.copyOf(procoreIds);
    }
  }
}
