package io.vigia.flink;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Tells Flink how rows travel, so that it never falls back to a serializer of its own. */
final class TransitType extends TypeInformation<Transit> {
  private static final long serialVersionUID = 1L;

  private final Versioned pipeline;

  TransitType(Versioned pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<Transit> getTypeClass() {
    return Transit.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<Transit> createSerializer(SerializerConfig config) {
    return new TransitSerializer(pipeline);
  }

  @Override
  public String toString() {
    return "Transit";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TransitType that && pipeline.equals(that.pipeline);
  }

  @Override
  public int hashCode() {
    return pipeline.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof TransitType;
  }
}
