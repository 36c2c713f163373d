package dev.paddock.domain.reuse.semantic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** English words that decide whether two questions are the same. All are in lower case. */
final class EnglishWords {

    /** Words without a content of their own. */
    static final Set<String> FUNCTION = words("""
            a an the this that these those is are was were be been being am do does did doing have has had having can could will would
            shall should may might must of in on at by for with from to into onto about as and or but if so than then there here it its
            i me my mine we us our ours you your yours he him his she her hers they them their theirs what which who whom whose when
            where why how please just also too very really some any each such own same other more most up down out off over under again
            not no nor only let lets get got go going want need like know tell show give explain s t d m re ve ll""");

    /** Words with which requests begin, and which are no names although they are then written with a capital. */
    static final Set<String> OPENING = words("""
            add analyse analyze answer calculate change check choose classify compare complete compute consider convert correct count
            create define delete describe design determine display draft draw edit enter estimate evaluate every explain extract fill find fix
            format generate give help hello hey hi hi if imagine implement improve in install is keep let list locate look make name
            now offer open order outline parse paraphrase pick plan please predict prepare print produce propose prove provide put rank
            read recommend remind remove rename replace reply rephrase report rewrite say search send set shorten should show simplify
            solve sort start state stop suggest sum summarise summarize switch take tell thank thanks there translate try turn update use
            verify which will would write yes
            unfortunately regarding since after before during while until because although once are can could did do does has have had
            i'm i've i'd i'll it's what's who's where's how's that's isn't aren't can't don't doesn't didn't won't whats hows""");

    /** Frequent words of other languages that are written with the same letters. */
    static final Set<String> FOREIGN = words("""
            der die das den dem des ein eine einen einem einer und oder nicht kein keine ist sind wie warum wann wer wo mit von zu fuer auf
            le la les un une des du et ou ne pas est sont comment pourquoi quand qui que quel quelle avec pour dans sur
            el los las una y o es son como por porque cuando quien donde con para en del il lo gli e che non perche quando chi dove
            um uma os as ao nao sao het een en niet geen zijn hoe waarom wanneer wie waar met van voor""");

    /** Words that turn a statement into its opposite. */
    static final Set<String> NEGATION = words("""
            not no never none nobody nothing nowhere neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt
            shouldnt couldnt hasnt havent hadnt mustnt neednt aint unable fail fails failed refuse refuses lack lacks lacking except
            excluding unless barely hardly rarely seldom""");

    /** Groups of words that exclude each other. */
    private static final List<String> EXCLUSIVE = List.of(
            "enable disable", "activate deactivate", "turn-on turn-off", "on off", "in out", "up down", "open close", "start stop end finish",
            "begin end finish", "add remove delete subtract", "install uninstall", "buy sell", "import export", "upload download",
            "encode decode", "encrypt decrypt", "compress decompress", "push pull", "read write", "send receive", "lend borrow", "win lose",
            "accept reject decline", "allow deny forbid prohibit block", "approve reject", "lock unlock", "increase decrease reduce", "raise lower",
            "rise fall", "grow shrink", "expand collapse shrink", "attach detach", "connect disconnect", "mount unmount", "show hide",
            "before after during", "above below", "over under", "inside outside", "left right", "front back", "top bottom", "north south east west",
            "northern southern eastern western", "first last", "next previous last", "past future present", "early late", "earlier later",
            "old new", "older newer", "oldest newest", "young old", "youngest oldest", "good bad", "better worse", "best worst", "big small",
            "bigger smaller", "biggest smallest", "large small", "larger smaller", "largest smallest", "high low", "higher lower",
            "highest lowest", "tall short", "tallest shortest", "long short", "longer shorter", "longest shortest", "fast slow", "faster slower",
            "fastest slowest", "hot cold", "hotter colder", "hottest coldest", "warm cool", "cheap expensive", "cheapest expensive",
            "rich poor", "strong weak", "hard easy soft", "heavy light", "dark light", "wet dry", "clean dirty", "full empty", "true false",
            "right wrong", "safe dangerous unsafe", "legal illegal", "public private", "positive negative", "minimum maximum", "min max", "least most",
            "less more", "fewer more", "few many", "all none some", "every no", "always never", "with without", "include exclude", "for against",
            "advantage disadvantage drawback", "advantage risk", "benefit risk drawback disadvantage cost", "pro con", "strength weakness", "cause effect symptom treatment",
            "success failure", "succeed fail", "gain loss", "profit loss", "income expense", "credit debit", "deposit withdraw withdrawal",
            "asset liability", "import export", "input output", "client server", "sender recipient", "employer employee", "teacher student",
            "parent child", "mother father", "brother sister", "son daughter", "husband wife", "king queen", "male female", "man woman", "men women",
            "boy girl", "uncle aunt", "my your his her our their", "me you him us them", "who where when why", "breakfast lunch dinner",
            "ascending descending", "horizontal vertical", "vertically horizontally", "row column", "width height length depth", "odd even",
            "singular plural", "active passive", "synonym antonym", "uppercase lowercase", "upper lower", "local remote", "online offline",
            "synchronous asynchronous", "mutable immutable", "static dynamic", "manual automatic", "arrive depart", "arrival departure", "enter leave exit",
            "love hate", "like dislike", "laugh cry", "live die", "birth death", "born died", "alive dead", "born die", "remember forget", "ask answer",
            "question answer", "teach learn", "give take", "come go", "entrance exit", "login logout", "cancel keep resume renew", "pause resume",
            "subscribe unsubscribe", "follow unfollow", "like unlike", "save discard", "keep discard", "merge split", "join leave split", "commit rollback",
            "create delete destroy", "build destroy", "attack defend", "agree disagree", "support oppose", "confirm deny cancel", "prove disprove",
            "multiply divide", "square cube", "sine cosine tangent", "integral derivative", "integrate differentiate", "plus minus times",
            "black white red blue green yellow orange purple pink brown grey gray", "sunrise sunset", "acid base", "solid liquid gas",
            "boil freeze melt", "boiling freezing melting");

    private static final Map<String, Set<String>> EXCLUDED = excluded();

    private EnglishWords() {}

    /** Returns whether one word excludes another one; both are stems. */
    static boolean exclude(String one, String other) {
        Set<String> excluded = EXCLUDED.get(one);
        return (excluded != null && excluded.contains(other)) || areOpposite(one, other) || areOpposite(other, one);
    }

    /** Returns the word without the endings of plurals and verbs, so that its forms are equal. */
    static String stem(String word) {
        String stem = word;
        if (stem.length() > 4 && stem.endsWith("ies")) {
            return stem.substring(0, stem.length() - 3) + "i";
        }
        for (String ending : List.of("ing", "ed", "es", "s", "e", "ly")) {
            if (stem.length() - ending.length() >= 3 && stem.endsWith(ending) && !stem.endsWith("ss")) {
                stem = stem.substring(0, stem.length() - ending.length());
                break;
            }
        }
        int last = stem.length() - 1;
        if (last > 2 && stem.charAt(last) == stem.charAt(last - 1)) {
            stem = stem.substring(0, last); // stopped, stopping
        }
        if (stem.length() > 3 && stem.endsWith("e")) {
            stem = stem.substring(0, stem.length() - 1);
        }
        return stem.endsWith("y") && stem.length() > 3 ? stem.substring(0, stem.length() - 1) + "i" : stem;
    }

    /** Returns whether the second word is the first one with a prefix or a suffix of the opposite. */
    private static boolean areOpposite(String base, String other) {
        for (String prefix : List.of("un", "dis", "in", "im", "il", "ir", "non", "de", "mis", "anti")) {
            if (base.length() > 2 && other.equals(prefix + base)) {
                return true;
            }
        }
        boolean isFull = base.endsWith("ful") && other.endsWith("les"); // careful, careless
        return base.length() > 4 && isFull && base.regionMatches(0, other, 0, base.length() - 3);
    }

    private static Map<String, Set<String>> excluded() {
        Map<String, Set<String>> excluded = new HashMap<>();
        for (String group : EXCLUSIVE) {
            List<String> stems = List.of(group.split(" ", -1)).stream().map(EnglishWords::stem).distinct().toList();
            for (String stem : stems) {
                Set<String> others = excluded.computeIfAbsent(stem, first -> new HashSet<>());
                others.addAll(stems);
                others.remove(stem);
            }
        }
        excluded.replaceAll((stem, others) -> Set.copyOf(others));
        return Map.copyOf(excluded);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(new HashSet<>(List.of(text.strip().split("\\s+", -1))));
    }
}
