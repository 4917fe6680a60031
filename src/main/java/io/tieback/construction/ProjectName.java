package io.tieback.construction;

/**
 * A project as the ERP knows it: only its name is mapped (XR-PRJ-09).
 *
 * @param marker what finds it again
 * @param projectId Procore's id of the project
 * @param name the name that it is to have there
 * @param key the ERP's key of it when it is there already; null when it is new
 * @param renamed whether what is there is to get this name; never set for a new one
 */
public record ProjectName(String marker, long projectId, String name, String key, boolean renamed)
    implements Outgoing {

  @Override
  public DocumentKind kind() {
    return DocumentKind.PROJECT;
  }
}
