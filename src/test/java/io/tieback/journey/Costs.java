package io.tieback.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.flow.JobCosts;
import io.tieback.ledger.JobCostJournal.Left;
import io.tieback.wire.Json;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a bookkeeper enters in Xero, and what Procore shows of it in Direct Costs. JSON is written
 * with single quotes.
 */
public final class Costs {

  private final Site site;

  /** Costs of the first contractor. */
  public Costs(Site site) {
    this.site = site;
  }

  /** Key of a project in Xero, by its place in the seed. */
  public String project(int place) {
    return site.seed()
        .erp()
        .seed()
        .at("/organisations/0/trackingCategories/0/options/" + place + "/trackingOptionId")
        .textValue();
  }

  /** Key of a supplier in Xero, by its place in the seed. */
  public String supplier(int place) {
    return site.seed()
        .erp()
        .seed()
        .at("/organisations/0/contacts/" + place + "/contactId")
        .textValue();
  }

  /** A line with project and item; either may be null. */
  public String line(String description, String amount, String project, String item) {
    return "{'Description':'"
        + description
        + "','Quantity':1,'UnitAmount':"
        + amount
        + ",'AccountCode':'500'"
        + (item == null ? "" : ",'ItemCode':'" + item + "'")
        + (project == null
            ? ""
            : ",'Tracking':[{'TrackingCategoryID':'"
                + site.seed().erp().settings("", "").get("xero.tracking-category-id")
                + "','TrackingOptionID':'"
                + project
                + "'}]")
        + "}";
  }

  /** A bill of the first supplier. Gives Xero's id. */
  public String bill(String number, String... lines) {
    return enter(
        "{'kind':'bill','contactId':'"
            + supplier(0)
            + "','number':'"
            + number
            + "','date':'2026-11-05','lines':["
            + String.join(",", lines)
            + "]}");
  }

  /** Enters or changes a document. Gives Xero's id. */
  public String enter(String json) {
    ObjectNode body = (ObjectNode) Json.read(json.replace('\'', '"'));
    return site.xero()
        .post("costs", body.put("tenantId", site.seed().tenantId()))
        .path("id")
        .textValue();
  }

  /** Reads job costs now and writes them, until all is in line or needs a person. */
  public JobCosts.Report sync() {
    JobCosts.Report report = site.deployment().jobCosts().sync(site.seed().connection());
    settled();
    return report;
  }

  /** Waits until nothing is under way. */
  public void settled() {
    Site.until(
        "direct costs are written",
        () ->
            site.ledger()
                .jobCosts()
                .list(site.seed().connection(), List.of("planned"), 1)
                .isEmpty());
  }

  /** Direct costs of the company in Procore that stand for this document of Xero. */
  public List<JsonNode> directCosts(String erpId) {
    return StreamSupport.stream(all().spliterator(), false)
        .filter(cost -> cost.path("origin_id").asText().contains(":" + erpId + "|"))
        .toList();
  }

  /** All direct costs of the company in Procore. */
  public JsonNode all() {
    return site.procore().get("books?companyId=" + site.seed().companyId()).path("directCosts");
  }

  /** The one direct cost of a document. */
  public JsonNode directCost(String erpId) {
    List<JsonNode> found = directCosts(erpId);
    if (found.size() != 1) {
      throw new AssertionError("expected one direct cost of " + erpId + ", but found " + found);
    }
    return found.get(0);
  }

  /** Amounts and codes of the lines of a direct cost, such as {@code 100.50 03-110 S}. */
  public static List<String> lines(JsonNode directCost) {
    return StreamSupport.stream(directCost.path("line_items").spliterator(), false)
        .map(
            line ->
                new java.math.BigDecimal(line.path("amount").asText()).setScale(2)
                    + " "
                    + line.at("/cost_code/full_code").asText()
                    + " "
                    + line.at("/line_item_type/code").asText())
        .toList();
  }

  /** Lines of a document that did not come, with their outcome and reason. */
  public List<Left> left(String erpId) {
    return site
        .ledger()
        .jobCosts()
        .left(
            site.seed().connection(),
            List.of("UNSYNCED", "EXPORTED", "RETAINAGE", "EARLIER", "OVERHEAD"))
        .stream()
        .filter(left -> left.document().erpId().equals(erpId))
        .toList();
  }
}
