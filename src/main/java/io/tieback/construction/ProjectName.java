package io.tieback.construction;

/**
 * A project as the ERP knows it: only its name is mapped (XR-PRJ-09).
 *
 * @param marker what finds it again
 * @param projectId Procore's id of the project
 * @param name the name that it is to have there
 * @param key the ERP's key of it when it is linked already, to be renamed where the name differs;
 *     null when it is new
 */
public record ProjectName(String marker, long projectId, String name, String key)
    implements Outgoing {

  @Override
  public DocumentKind kind() {
    return DocumentKind.PROJECT;
  }
}
