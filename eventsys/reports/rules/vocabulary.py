"""Words that visitors ask with: which say nothing of whom they look for, and which mean the same in the pages' languages.

Names stand in the catalogue in one language, mostly Danish; who asks for "women" or "نساء" means "kvindeforening" too.
Written as people write them; `searching` folds them. A row holds beginnings of words.
"""

from __future__ import annotations

SAYS_NOTHING = """
    hvor er ligger findes finder find jeg man vi kan de den det der en et i på ved til fra og for af med hos
    stand standen stande bod boden boder plads pladsen vis
    where is are the a an in on at of to from and for with by can we s booth booths stand stall show me
    أين اين هو هي في من على إلى عن مع كشك جناح
"""
MEANS_THE_SAME = """
    kvinde women woman female نساء نسائي امرأة مرأة
    ungdom unge youth young شباب
    forælder forældre parent والد آباء أهالي
    barn børn child kid أطفال طفل
    teater theatre theater مسرح
    musik music موسيقى موسيقي
    dans danse dance dancing رقص
    venskab friendship صداقة
    kultur cultur ثقاف
    idræt sport رياض
    kor choir كورال
    kunst art crafts فنون
    forening association society جمعي
    klub club نادي
    restaurant spisested madbod food mad مطعم مطاعم طعام
    café cafe kaffebar مقهى
    kaffe coffee قهوة
    kage cake كعك
    halal حلال
    kosher كوشر
    vegetar نباتي
    vegan فيغان
    afghan أفغان
    amerik america أمريك
    arab عرب
    bosni بوسن
    dansk danish denmark danmark دنمارك دانمارك
    eritre إريتري
    etiop ethiop إثيوب
    filippin filipin philippin فلبين فيليبين
    fransk french france فرنس
    ghan غان
    grønland greenland غرينلاند جرينلاند
    græsk greek greece grækenland يونان
    indisk indien indian india هندي هند
    irak iraq عراق
    iran persi إيران فارسي
    italien italian italy إيطالي
    japan ياباني يابان
    kines chines china kina صيني صين
    kurd كردي كرد
    latin لاتيني
    liban leban لبنان
    marok morocc مغرب
    mexic mexik مكسيك
    pakistan باكستان
    palæstin palestin فلسطين
    polsk polish poland polen بولند
    rumæn romania رومان
    somali صومال
    spansk spanish spain spanien إسبان
    syrisk syria syrien سوري
    tamil تاميل
    thai تايلاند
    tyrk turk تركي ترك
    tysk german germany ألمان
    ukrain أوكراني
    vietnam فيتنام
"""
