package org.qalam.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link RestrictedPickle} can hold. Values may contain themselves; nothing here walks into
 * them, and none may become a key but texts and numbers.
 */
sealed interface PickleValue {
  /** Python's {@code None}, {@code True} and {@code False}. */
  enum Constant implements PickleValue {
    NONE,
    TRUE,
    FALSE
  }

  record Text(String text) implements PickleValue {}

  record Whole(long number) implements PickleValue {}

  record Fraction(double number) implements PickleValue {}

  record Tuple(List<PickleValue> items) implements PickleValue {}

  /** A list that is being filled. */
  final class Sequence implements PickleValue {
    final List<PickleValue> items = new ArrayList<>();
  }

  /** A {@code dict} or {@code OrderedDict} that is being filled; both keep their order. */
  final class Dictionary implements PickleValue {
    final Map<PickleValue, PickleValue> entries = new LinkedHashMap<>();
    final boolean ordered; // an OrderedDict

    Dictionary(boolean ordered) {
      this.ordered = ordered;
    }
  }

  /** One of the few functions and classes that a checkpoint may name. */
  record Global(String qualifiedName) implements PickleValue {}

  /**
   * Numbers that stand beside the pickle.
   *
   * @param type PyTorch's class: {@code BFloat16Storage}
   * @param key the name of its entry
   * @param elements how many numbers it has, as the pickle says
   */
  record Storage(String type, String key, long elements) implements PickleValue {}

  /**
   * A view of a storage.
   *
   * @param offset its first number's place in the storage
   * @param shape outermost dimension first
   * @param strides how many numbers apart neighbours in each dimension are
   */
  record TensorView(Storage storage, long offset, List<Long> shape, List<Long> strides)
      implements PickleValue {}

  /** What it is, for a sentence. */
  default String kind() {
    return switch (this) {
      case Constant constant -> constant == Constant.NONE ? "None" : "a truth value";
      case Text _ -> "a text";
      case Whole _, Fraction _ -> "a number";
      case Tuple _ -> "a tuple";
      case Sequence _ -> "a list";
      case Dictionary _ -> "a dictionary";
      case Global global -> global.qualifiedName;
      case Storage _ -> "a storage";
      case TensorView _ -> "a tensor";
    };
  }
}
