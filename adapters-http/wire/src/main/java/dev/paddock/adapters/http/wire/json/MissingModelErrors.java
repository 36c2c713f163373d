package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The errors with which servers report that they do not have a model. The code, the type and the parameter of the error decide in any
 * language; so does the name of the model in a text with status 404. A text in English decides only without them.
 */
public final class MissingModelErrors {

    private static final int NOT_FOUND = 404;

    /** Codes and types, without separators. */
    private static final Pattern NAME = Pattern.compile(
            "(no_such|unknown|invalid|missing)_?model(_name)?|no_?such_?model|model(_name)?_?(is_)?(not_?(found|exists?|available)|unknown)"
                    + "|deployment_?not_?found");

    /** What a server says about a path that it does not know. */
    private static final Pattern ROUTE = Pattern.compile(
            "(?i)not found\\.?|.*\\b(file|page|route|url|uri|path|endpoint|resource|method)\\b.*|.*/(v1|api)/.*");

    /** The word for a model in other languages. */
    private static final Pattern MODEL = Pattern.compile("(?iu).*(\\bmod[eèé]l|模型|モデル|모델|модел).*", Pattern.DOTALL);

    private static final Pattern ENGLISH = Pattern.compile("(?is).*\\bmodel\\b.*(not found|does not exist|not exist).*");

    private MissingModelErrors() {}

    /**
     * Returns whether an error body reports that the server does not have the model of the request. Never throws.
     *
     * @param status the status of the answer; other errors than 404 need a code
     * @param model the name of the model in the request
     */
    public static boolean isMissing(int status, String model, byte[] body) {
        ReportedError error = ReportedError.find(body);
        if (error == null) {
            return status == NOT_FOUND && ENGLISH.matcher(new String(body, UTF_8)).matches();
        }
        String text = error.message("");
        if (isName(error.code()) || isName(error.type())) {
            return true;
        }
        if (status != NOT_FOUND) {
            return false;
        }
        boolean isAboutModel = error.param().equals("model") || names(text, model) || ENGLISH.matcher(text).matches();
        boolean mayBeModel = error.param().isEmpty() && (isLabelledNotFound(error) || MODEL.matcher(text).matches());
        return isAboutModel || (mayBeModel && !ROUTE.matcher(text).matches());
    }

    private static boolean isLabelledNotFound(ReportedError error) {
        String labels = (error.code() + " " + error.type()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 ]", "");
        return labels.contains("404") || labels.contains("notfound") || labels.contains("notexist");
    }

    private static boolean isName(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return NAME.matcher(name).matches() || NAME.matcher(name.replaceFirst("_?error$", "")).matches();
    }

    /** Returns whether a text has the name of the model as a word, with or without its tag. */
    private static boolean names(String text, String model) {
        String base = model.replaceFirst(":[^:/]*$", "");
        return Pattern.compile("(?<![\\p{L}\\p{N}/])" + Pattern.quote(base) + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }
}
