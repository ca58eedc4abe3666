package dev.lightning.providers.schemas;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/** Regular expressions of schemas, which strangers write, in time that grows with the text and not beyond. */
final class LinearPattern implements RegularExpressionFactory {
    /** Throws {@link com.google.re2j.PatternSyntaxException} for what is no expression, and for look-around. */
    @Override
    public RegularExpression getRegularExpression(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return text -> pattern.matcher(text).find();
    }
}
