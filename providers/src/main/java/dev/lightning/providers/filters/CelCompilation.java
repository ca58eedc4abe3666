package dev.lightning.providers.filters;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Arithmetic;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one way from an expression to a program, and the bounds on both. */
final class CelCompilation {
    private static final Set<Object> GROWING = Set.of(
            Arithmetic.ADD_STRING,
            Arithmetic.ADD_BYTES,
            Arithmetic.ADD_LIST,
            AddOverload.ADD_STRING,
            AddOverload.ADD_BYTES,
            AddOverload.ADD_LIST);

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(CelFilter.MAX_LENGTH)
            .maxParseRecursionDepth(64)
            .comprehensionMaxIterations(CelFilter.MAX_ROUNDS)
            .enableHeterogeneousNumericComparisons(true)
            .maxRegexProgramSize(1_000)
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                    .filterFunctions((function, overload) -> !GROWING.contains(overload))
                    .build())
            .setStandardMacros(
                    CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS, CelStandardMacro.EXISTS_ONE)
            .addVar("event", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .setResultType(SimpleType.BOOL)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardFunctions(CelStandardFunctions.newBuilder()
                    .filterFunctions((function, overload) -> !GROWING.contains(overload))
                    .build())
            .build();

    private CelCompilation() {}

    static CelRuntime.Program compile(String expression) throws InvalidFilterException {
        if (expression.isBlank() || expression.codePointCount(0, expression.length()) > CelFilter.MAX_LENGTH) {
            throw fault("must be an expression of 1 to " + CelFilter.MAX_LENGTH + " characters");
        }
        try {
            CelAbstractSyntaxTree checked = COMPILER.compile(expression).getAst();
            requireShallow(checked);
            return RUNTIME.createProgram(checked);
        } catch (CelValidationException invalid) {
            throw new InvalidFilterException(
                    invalid.getErrors().stream().map(CelCompilation::fault).toList());
        } catch (CelEvaluationException | RuntimeException | StackOverflowError tooMuch) {
            throw fault("is not an expression that can be evaluated here");
        }
    }

    private static void requireShallow(CelAbstractSyntaxTree tree) throws InvalidFilterException {
        boolean deep = CelNavigableAst.fromAst(tree)
                .getRoot()
                .<CelNavigableExpr>allNodes()
                .anyMatch(node -> comprehensionsAround(node) > CelFilter.MAX_NESTING);
        if (deep) {
            throw fault("all, exists and exists_one go at most " + CelFilter.MAX_NESTING + " deep");
        }
    }

    private static int comprehensionsAround(CelNavigableExpr node) {
        int found = 0;
        Optional<CelNavigableExpr> current = Optional.of(node);
        while (current.isPresent()) {
            found += current.get().getKind() == Kind.COMPREHENSION ? 1 : 0;
            current = current.get().parent();
        }
        return found;
    }

    private static FilterFault fault(CelIssue issue) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        String message = issue.getMessage().lines().findFirst().orElse("is not an expression");
        return new FilterFault(line, column, message);
    }

    private static InvalidFilterException fault(String message) {
        return new InvalidFilterException(List.of(new FilterFault(1, 1, message)));
    }
}
