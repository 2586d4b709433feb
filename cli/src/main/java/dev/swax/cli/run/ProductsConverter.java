package dev.swax.cli.run;

import dev.swax.compiler.codegen.tornado.Products;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what multiplies matrices, by the names that are typed. */
public final class ProductsConverter implements ITypeConverter<Products> {
  @Override
  public Products convert(String text) {
    return Arrays.stream(Products.values())
        .filter(products -> products.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("`%s` is not one of %s".formatted(text, all())));
  }

  private static String all() {
    return Arrays.stream(Products.values())
        .map(products -> "`" + products + "`")
        .collect(Collectors.joining(", "));
  }
}
