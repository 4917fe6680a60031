package io.tieback.command;

import io.tieback.command.load.LoadErp;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of {@code --erp}. */
final class ErpChoice implements ITypeConverter<LoadErp> {

  @Override
  public LoadErp convert(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "xero" -> LoadErp.XERO;
      case "qbo" -> LoadErp.QBO;
      default -> throw new TypeConversionException("'" + word + "' is none of xero, qbo");
    };
  }
}
