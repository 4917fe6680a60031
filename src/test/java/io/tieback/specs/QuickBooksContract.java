package io.tieback.specs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Intuit's own schemas as a judge of what we send, as far as they say something: names of fields,
 * which are lists, kinds of values, words of enumerations. Nearly everything is optional in them
 * and no length is stated, so that they refuse no more than that. Found like {@link XeroContract}'s
 * file, in the folder {@code qbo}.
 */
public final class QuickBooksContract {

  private static final List<String> FILES =
      List.of("Finance.xsd", "IntuitBaseTypes.xsd", "IntuitNamesTypes.xsd");

  private static QuickBooksContract loaded;

  private final Map<String, Element> complex = new HashMap<>();
  private final Map<String, Element> simple = new HashMap<>();

  private QuickBooksContract() {}

  private static Path folder() {
    return XeroContract.file().resolveSibling("qbo");
  }

  /** Whether the files are there. */
  public static boolean isThere() {
    return FILES.stream().allMatch(file -> Files.isReadable(folder().resolve(file)));
  }

  /** Reads the files once; the same judge for everybody. */
  public static synchronized QuickBooksContract load() {
    if (loaded == null) {
      QuickBooksContract contract = new QuickBooksContract();
      FILES.forEach(file -> contract.read(folder().resolve(file)));
      loaded = contract;
    }
    return loaded;
  }

  private void read(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element schema = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
      for (Element child : children(schema)) {
        if (child.getTagName().endsWith(":complexType")) {
          complex.put(child.getAttribute("name"), child);
        } else if (child.getTagName().endsWith(":simpleType")) {
          simple.put(child.getAttribute("name"), child);
        }
      }
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  private static List<Element> children(Element of) {
    List<Element> children = new ArrayList<>();
    for (Node child = of.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private record Field(String type, boolean list) {}

  /**
   * Everything that the schemas have against a record. Empty when nothing.
   *
   * @param entity name of its type, such as {@code Bill}
   */
  public List<String> objections(String entity, JsonNode record) {
    List<String> objections = new ArrayList<>();
    object(entity, record, entity, objections);
    return objections;
  }

  private void object(String type, JsonNode value, String path, List<String> objections) {
    Element definition = complex.get(type);
    if (definition == null) {
      objections.add(path + ": the schemas have no type " + type);
      return;
    }
    if (!value.isObject()) {
      objections.add(path + " must be an object (" + type + ")");
      return;
    }
    Map<String, Field> fields = new HashMap<>();
    collect(definition, fields);
    value
        .properties()
        .forEach(
            one -> {
              String at = path + "." + one.getKey();
              Field field = fields.get(one.getKey());
              if (field == null) {
                objections.add(at + " is no field of " + type);
              } else if (field.list() != one.getValue().isArray()) {
                objections.add(at + (field.list() ? " must be a list" : " must not be a list"));
              } else if (field.list()) {
                one.getValue().forEach(each -> value(field.type(), each, at, objections));
              } else {
                value(field.type(), one.getValue(), at, objections);
              }
            });
  }

  private void value(String type, JsonNode value, String path, List<String> objections) {
    if (complex.containsKey(type)) {
      object(type, value, path, objections);
      return;
    }
    Element enumeration = simple.get(type);
    Set<String> words = enumeration == null ? Set.of() : words(enumeration);
    boolean fits =
        switch (type) {
          case "xs:decimal", "xs:float", "xs:double" -> value.isNumber();
          case "xs:int", "xs:long", "xs:integer", "xs:positiveInteger" -> value.isIntegralNumber();
          case "xs:boolean" -> value.isBoolean();
          case "xs:date" -> value.isTextual() && value.asText().matches("\\d{4}-\\d\\d-\\d\\d");
          case "xs:dateTime" -> value.isTextual() && value.asText().matches("\\d{4}-.*T.*");
          default -> value.isTextual() && (words.isEmpty() || words.contains(value.asText()));
        };
    if (!fits) {
      objections.add(path + " is " + value + ", which is no " + type + " " + words);
    }
  }

  private static Set<String> words(Element simpleType) {
    Set<String> words = new LinkedHashSet<>();
    var all = simpleType.getElementsByTagName("xs:enumeration");
    for (int i = 0; i < all.getLength(); i++) {
      words.add(((Element) all.item(i)).getAttribute("value"));
    }
    return words;
  }

  /** Fields of a type and of those that it extends; JSON has no attributes, so those too. */
  private void collect(Element definition, Map<String, Field> fields) {
    for (Element child : children(definition)) {
      String tag = child.getTagName().substring(child.getTagName().indexOf(':') + 1);
      switch (tag) {
        case "element" -> {
          String list = child.getAttribute("maxOccurs");
          String name =
              child.getAttribute("name").isEmpty()
                  ? child.getAttribute("ref")
                  : child.getAttribute("name");
          fields.put(
              name, new Field(child.getAttribute("type"), !list.isEmpty() && !list.equals("1")));
        }
        case "attribute" ->
            fields.put(child.getAttribute("name"), new Field(child.getAttribute("type"), false));
        case "extension" -> {
          String base = child.getAttribute("base");
          if (complex.containsKey(base)) {
            collect(complex.get(base), fields);
          } else {
            // The text of an element with attributes is "value" in JSON.
            fields.put("value", new Field(base, false));
          }
          collect(child, fields);
        }
        case "annotation" -> {
          // Words for people.
        }
        default -> collect(child, fields);
      }
    }
  }

  /**
   * The test needs the schemas: without them, it fails where the environment says {@code CI=true}
   * and is shown as skipped elsewhere.
   */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(Presence.class)
  public @interface Needed {}

  static final class Presence implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (isThere()) {
        return ConditionEvaluationResult.enabled("Intuit's schemas are there");
      }
      String message =
          "Intuit's schemas were not found at "
              + folder().toAbsolutePath()
              + "; name their parent with -Dtieback.specs=... or TIEBACK_SPECS";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(message + ". With CI=true this is a failure.");
      }
      return ConditionEvaluationResult.disabled(message);
    }
  }
}
