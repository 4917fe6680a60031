package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Outgoing;
import io.tieback.construction.ProjectName;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Optional;

/**
 * Projects, which are made in QuickBooks Online and only linked here (QBO-PRJ-01): nothing is
 * written, the project is read once more.
 */
final class QuickBooksProjectLinks implements QuickBooksRecords {

  private final QuickBooksCalls calls;

  QuickBooksProjectLinks(QuickBooksCalls calls) {
    this.calls = calls;
  }

  /**
   * @throws IllegalArgumentException for a project that is not there; the checks refuse it first
   */
  @Override
  public ErpDocument render(Outgoing document) {
    ProjectName project = (ProjectName) document;
    if (project.key() == null || project.renamed()) {
      throw new IllegalArgumentException(
          "project '"
              + project.name()
              + "' cannot be made or renamed through QuickBooks Online's interface (QBO-PRJ-01):"
              + " do it in QuickBooks, then link it");
    }
    return QuickBooksEnvelope.toLink(
        project.marker(),
        QuickBooksEntity.PROJECT,
        project.key(),
        Json.object().put("DisplayName", project.name()));
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    if (sink.sending(batch.id())) {
      lookUp(batch, sink);
    }
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    QuickBooksEnvelope sent = QuickBooksEnvelope.of(batch);
    Optional<JsonNode> project;
    try {
      project = calls.read(sent.entity().wireName(), sent.linked(), "linking a project");
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
      return;
    }
    if (project.isEmpty() || !QuickBooksJson.isActive(project.get())) {
      sink.refused(
          batch.id(),
          sent.marker(),
          List.of(
              "The project "
                  + sent.name()
                  + " (id "
                  + sent.linked()
                  + ") is inactive in QuickBooks, or gone: it cannot be linked"));
      return;
    }
    sink.known(
        batch.id(),
        new WrittenDocument(
            sent.marker(),
            QuickBooksJson.id(project.get()),
            String.valueOf(QuickBooksJson.text(project.get(), "DisplayName")),
            List.of(),
            null,
            "ACTIVE",
            List.of()));
  }
}
