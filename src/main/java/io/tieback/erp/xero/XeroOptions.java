package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Names;
import io.tieback.construction.Outgoing;
import io.tieback.construction.ProjectName;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Projects as options of the tracking category, one to a call (Xero reference section 6). A name is
 * unique in its category, so that no project can come twice. What is there already is linked
 * without a call, or gets another name by its id.
 */
final class XeroOptions implements XeroRecords {

  private static final String WRITING = "writing a tracking option";

  private final XeroCalls calls;
  private final XeroTracking tracking;

  XeroOptions(XeroCalls calls, XeroTracking tracking) {
    this.calls = calls;
    this.tracking = tracking;
  }

  /** Xero takes one at a time. */
  @Override
  public int documentsPerCall() {
    return 1;
  }

  @Override
  public ErpDocument render(Outgoing document) {
    ProjectName project = (ProjectName) document;
    // A blank at the end of a name answers 500 (section 3.2).
    if (!project.name().equals(Names.tidy(project.name()))) {
      throw new IllegalArgumentException(
          "name '" + project.name() + "' of project " + project.projectId() + " has stray blanks");
    }
    ObjectNode json = Json.object().put("Marker", project.marker()).put("Name", project.name());
    if (project.key() != null) {
      json.put("TrackingOptionID", project.key()).put("Renamed", project.renamed());
    }
    String body = Json.write(json);
    return ErpDocument.of(project.marker(), body);
  }

  @Override
  public byte[] batchBody(List<ErpDocument> documents) {
    if (documents.size() != 1) {
      throw new IllegalArgumentException(
          documents.size() + " projects in one call: Xero takes one tracking option at a time");
    }
    return Json.bytes(Json.read(documents.get(0).body()));
  }

  /** A batch as its bytes say. */
  private record Sent(String marker, String name, String key, boolean renamed) {

    static Sent of(DeliveryBatch batch) {
      try {
        JsonNode json = Json.read(batch.body());
        return new Sent(
            json.path("Marker").textValue(),
            json.path("Name").textValue(),
            XeroJson.text(json, "TrackingOptionID"),
            json.path("Renamed").booleanValue());
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "batch " + batch.id() + " holds bytes that are not JSON", e);
      }
    }

    boolean writes() {
      return key == null || renamed;
    }

    WrittenDocument written(String option) {
      return new WrittenDocument(marker, option, name, List.of(), null, "ACTIVE", List.of());
    }

    byte[] bytes() {
      return Json.bytes(Json.object().put("Name", name));
    }
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    Sent sent = Sent.of(batch);
    if (!sent.writes()) {
      if (sink.sending(batch.id())) {
        sink.known(batch.id(), sent.written(sent.key()));
      }
      return;
    }
    XeroWrite write = new XeroWrite(calls, batch, sink, WRITING);
    String category;
    try {
      category = categoryId();
    } catch (Failure failure) {
      write.notWritten(again(failure));
      return;
    }
    String options = XeroTracking.PATH + "/" + category + "/Options";
    Optional<HttpAnswer> answer =
        sent.key() == null
            ? write.send("PUT", options, Map.of(), sent.bytes())
            : write.send("POST", options + "/" + sent.key(), Map.of(), sent.bytes());
    answer.ifPresent(given -> report(batch, sent, given, write, sink));
  }

  private String categoryId() {
    String known = tracking.connection().bills().trackingCategoryId();
    if (known != null) {
      return known;
    }
    XeroTracking.Category category = tracking.category();
    if (category.problem() != null) {
      throw Failure.of(FailureKind.TRANSIENT, category.problem(), category.remedy());
    }
    return category.id() != null ? category.id() : tracking.make(category.name());
  }

  /** Of the option nothing left the house, whatever became of its category. */
  private static Failure again(Failure failure) {
    boolean stays =
        failure.kind() == FailureKind.THROTTLED || failure.kind() == FailureKind.CREDENTIALS;
    return stays
        ? failure
        : Failure.of(FailureKind.TRANSIENT, failure.getMessage(), failure.remedy());
  }

  private void report(
      DeliveryBatch batch, Sent sent, HttpAnswer answer, XeroWrite write, OutcomeSink sink) {
    JsonNode body;
    try {
      body = Json.read(answer.body());
    } catch (JsonProcessingException e) {
      write.undetermined("Xero's answer while " + WRITING + " is not whole JSON");
      return;
    }
    List<String> messages = XeroJson.validationErrors(body);
    if (!answer.ok()) {
      boolean perhapsOurs =
          batch.firstSentAt() != null
              && messages.stream().anyMatch(message -> message.contains("unique"));
      if (messages.isEmpty() || perhapsOurs) {
        sink.undetermined(batch.id(), calls.failure(answer, true, WRITING));
      } else {
        sink.refused(batch.id(), sent.marker(), messages);
      }
      return;
    }
    JsonNode option = body.path("Options").path(0);
    String key = XeroJson.id(option, "TrackingOptionID");
    // The answer may leave out the id or the whole list: then it is found by its name.
    if (key == null
        || !Names.folded(sent.name()).equals(Names.folded(option.path("Name").asText()))) {
      write.undetermined("Xero's answer does not show the tracking option " + sent.name());
    } else {
      sink.known(batch.id(), sent.written(key));
    }
  }

  /** By its id, where it is renamed, else by its name: one call. */
  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    Sent sent = Sent.of(batch);
    if (!sent.writes()) {
      sink.known(batch.id(), sent.written(sent.key()));
      return;
    }
    Optional<ErpProject> found;
    try {
      found = tracking.projects().named(sent.name());
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
      return;
    }
    boolean other =
        found.isPresent() && sent.key() != null && !found.get().key().equalsIgnoreCase(sent.key());
    if (found.isEmpty()) {
      sink.absent(batch.id(), sent.marker());
    } else if (other || !found.get().active()) {
      sink.doubtful(batch.id(), sent.marker(), doubt(sent, found.get()));
    } else {
      sink.known(batch.id(), sent.written(found.get().key()));
    }
  }

  private static Failure doubt(Sent sent, ErpProject found) {
    return Failure.of(
        FailureKind.UNKNOWN,
        "Xero holds tracking option "
            + found.name()
            + " ("
            + found.key()
            + "), which is "
            + (found.active() ? "another project's" : "archived"),
        "Give the option another name in Xero"
            + (found.active() ? "" : ", or restore it")
            + "; then replay the dead letter of project "
            + sent.name()
            + ".");
  }
}
