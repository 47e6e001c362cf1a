"""The table of reason codes; see `return_codes.py`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balsts.exchange.texts import Text


class Action(StrEnum):
    """What the platform does with a payment that came back or was rejected."""

    ASK_FOR_ACCOUNT = "ask_for_account"
    ASK_FOR_ADDRESS = "ask_for_address"
    ASK_THE_PERSON = "ask_the_person"
    STOP_PERSON_DECEASED = "stop_person_deceased"
    LOOK_FOR_DUPLICATE = "look_for_duplicate"
    FUND_THE_ACCOUNT = "fund_the_account"
    MEND_THE_FILE = "mend_the_file"
    PAY_IN_NEXT_RUN = "pay_in_next_run"
    RECORD_OUR_RECALL = "record_our_recall"
    ASK_THE_BANK = "ask_the_bank"
    HOLD_AND_ASK_A_PERSON = "hold_and_ask_a_person"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code; `code` is blank for one that is not known."""

    code: str
    meaning: Text
    action: Action


TEXTS_OF_ACTIONS: dict[Action, Text] = {
    Action.ASK_FOR_ACCOUNT: Text(
        "Jautā saņēmējam citu kontu; līdz atbildei uz šo kontu vairs nemaksā.",
        "Ask the payee for another account; pay no more to this one until there is an answer.",
    ),
    Action.ASK_FOR_ADDRESS: Text(
        "Precizē saņēmēja vārdu un adresi un maksā nākamajā izmaksā.",
        "Correct the payee's name and address, and pay in the next run.",
    ),
    Action.ASK_THE_PERSON: Text(
        "Jautā saņēmējam, kāpēc maksājumu nepieņēma; līdz atbildei neatkārto.",
        "Ask the payee why the payment was not accepted; do not repeat it until there is an answer.",
    ),
    Action.STOP_PERSON_DECEASED: Text(
        "Aptur visas izmaksas šai personai un pārbauda iedzīvotāju reģistrā, vai persona ir mirusi.",
        "Stop all payments to this person and check with the population register whether the person has died.",
    ),
    Action.LOOK_FOR_DUPLICATE: Text(
        "Neatkārto; meklē, vai tas pats maksājums jau ir izpildīts.",
        "Do not repeat it; look whether the same payment was already made.",
    ),
    Action.FUND_THE_ACCOUNT: Text(
        "Papildina maksātāja kontu un maksā nākamajā izmaksā.",
        "Put money on the paying account, and pay in the next run.",
    ),
    Action.MEND_THE_FILE: Text(
        "To pašu datni vairs nesūta; novērš kļūdu datnē vai iestatījumos un sagatavo jaunu.",
        "Do not send the same file again; mend the fault in the file or its settings and prepare a new one.",
    ),
    Action.PAY_IN_NEXT_RUN: Text(
        "Banka naudu nav pārskaitījusi; maksā nākamajā izmaksā bez izmaiņām.",
        "The bank did not transfer the money; pay in the next run, unchanged.",
    ),
    Action.RECORD_OUR_RECALL: Text(
        "Nauda atgriezta pēc mūsu atsaukuma; iegrāmato un neatkārto.",
        "The money came back because we recalled it; record it and do not repeat the payment.",
    ),
    Action.ASK_THE_BANK: Text(
        "Neatkārto; iemeslu noskaidro bankā.",
        "Do not repeat it; ask the bank for the reason.",
    ),
    Action.HOLD_AND_ASK_A_PERSON: Text(
        "Maksājumu aptur; par to lemj darbinieks.",
        "The payment is held; a member of staff decides.",
    ),
}

UNKNOWN = Reason("", Text("Nezināms iemesls.", "The reason is not known."), Action.HOLD_AND_ASK_A_PERSON)


def _table(action: Action, **meanings: tuple[str, str]) -> dict[str, Reason]:
    return {code: Reason(code, Text(*texts), action) for code, texts in meanings.items()}


REASONS: dict[str, Reason] = (
    _table(
        Action.ASK_FOR_ACCOUNT,
        AC01=("Konta numurs nav norādīts vai nav derīgs.", "The account number is invalid or missing."),
        AC03=(
            "Saņēmēja konta numurs nav norādīts vai nav derīgs.",
            "The creditor's account number is invalid or missing.",
        ),
        AC04=("Konts ir slēgts.", "The account is closed."),
        AC06=("Konts ir bloķēts.", "The account is blocked."),
        AC07=("Saņēmēja konts ir slēgts.", "The creditor's account is closed."),
        AC15=("Konta rekvizīti ir mainījušies.", "The details of the account have changed."),
        AC17=("Konts ir likvidācijā.", "The account is in liquidation."),
        AG01=("Šāda veida kontā darījums nav atļauts.", "The transaction is forbidden on this type of account."),
        AG03=("Kontā šāda veida darījumu neveic.", "This type of transaction is not supported on the account."),
        BE01=("Konts nepieder norādītajam saņēmējam.", "The account is not that of the payee who is named."),
        BE06=("Banka saņēmēju nepazīst vai vairs neapkalpo.", "The bank does not know the payee, or no longer does."),
        RC04=(
            "Saņēmēja bankas kods nav norādīts vai nav derīgs.",
            "The identifier of the creditor's bank is invalid or missing.",
        ),
        RC07=(
            "Saņēmēja bankas BIC nav norādīts vai nav derīgs.",
            "The BIC of the creditor's bank is invalid or missing.",
        ),
        CNOR=(
            "Saņēmēja banka klīringā nav reģistrēta.",
            "The creditor's bank is not registered with the clearing system.",
        ),
    )
    | _table(
        Action.ASK_FOR_ADDRESS,
        BE04=("Saņēmēja adrese nav norādīta vai nav pareiza.", "The creditor's address is missing or not correct."),
        BE11=(
            "Saņēmēja valsts kods nav norādīts vai nav derīgs.",
            "The creditor's country code is missing or invalid.",
        ),
        BE20=("Vārds vai nosaukums ir par garu.", "The name is too long."),
        BE21=("Vārds vai nosaukums nav norādīts vai nav derīgs.", "The name is missing or invalid."),
        BE22=("Saņēmēja vārds vai nosaukums nav norādīts.", "The creditor's name is missing."),
        RR03=(
            "Regulējuma prasībām nepietiek ziņu par saņēmēja vārdu vai adresi.",
            "The creditor's name or address, needed for regulatory reasons, is missing or insufficient.",
        ),
    )
    | _table(
        Action.ASK_THE_PERSON,
        BE05=("Saņēmējs maksātāju nepazīst.", "The payee does not recognise the payer."),
        MD06=("Naudas atmaksu lūdza saņēmējs.", "The payee asked for the money to be returned."),
        MS02=("Saņēmējs nav norādījis iemeslu.", "The payee has given no reason."),
        SL02=("Saņēmēja bankas pakalpojuma dēļ.", "Because of a service offered by the creditor's bank."),
        CNPC=("Saņēmējs naudu nav izņēmis, vai to nevarēja piegādāt.", "The cash was not picked up or not delivered."),
        NOAS=("Saņēmējs nav atbildējis.", "The payee has not answered."),
    )
    | _table(Action.STOP_PERSON_DECEASED, MD07=("Saņēmējs ir miris.", "The payee is deceased."))
    | _table(
        Action.LOOK_FOR_DUPLICATE,
        AM05=("Maksājums atkārtojas.", "The payment is a duplicate."),
        DUPL=("Maksājums ir cita maksājuma atkārtojums.", "The payment is a duplicate of another one."),
        DU01=("Ziņojuma numurs nav vienreizējs.", "The message's id is not unique."),
        DU02=("Maksājumu bloka numurs nav vienreizējs.", "The payment block's id is not unique."),
        DU03=("Darījums nav vienreizējs.", "The transaction is not unique."),
        DU04=("Maksātāja piešķirtais maksājuma numurs nav vienreizējs.", "The end-to-end id is not unique."),
        DU05=("Rīkojuma numurs nav vienreizējs.", "The instruction's id is not unique."),
        RF01=("Darījuma numurs ziņojumā nav vienreizējs.", "The transaction's reference is not unique in the message."),
        ARDT=("Maksājums jau ir atgriezts.", "The payment was already returned."),
    )
    | _table(
        Action.FUND_THE_ACCOUNT,
        AM04=("Kontā nepietiek naudas.", "There is not enough money on the account."),
        AG07=("Maksātāja kontu nevar debetēt.", "The debtor's account cannot be debited."),
    )
    | _table(
        Action.MEND_THE_FILE,
        AC02=(
            "Maksātāja konta numurs nav norādīts vai nav derīgs.",
            "The debtor's account number is invalid or missing.",
        ),
        AC13=("Maksātāja konta veids nav norādīts vai nav derīgs.", "The debtor's account type is invalid or missing."),
        AG02=("Bankas operācijas kods nav derīgs.", "The bank operation code is not valid."),
        AM01=("Summa ir nulle.", "The amount is zero."),
        AM03=("Šo valūtu neapstrādā.", "The currency cannot be processed."),
        AM10=("Summu kopsumma nesakrīt ar kontrolsummu.", "The sum of the amounts is not the control sum."),
        AM11=("Darījuma valūta nav norādīta vai nav derīga.", "The transaction's currency is invalid or missing."),
        AM12=("Summa nav norādīta vai nav derīga.", "The amount is invalid or missing."),
        AM16=("Ziņojuma kontrolsumma nav derīga.", "The message's control sum is invalid."),
        AM17=("Maksājumu bloka kontrolsumma nav derīga.", "The payment block's control sum is invalid."),
        AM18=("Darījumu skaits nav norādīts vai nav derīgs.", "The number of transactions is invalid or missing."),
        AM19=(
            "Darījumu skaits ziņojumā nav norādīts vai nav derīgs.",
            "The message's number of transactions is invalid.",
        ),
        AM20=("Darījumu skaits maksājumu blokā nav derīgs.", "The payment block's number of transactions is invalid."),
        BE07=("Maksātāja adrese nav norādīta vai nav pareiza.", "The debtor's address is missing or not correct."),
        BE08=("Maksātāja nosaukums nav norādīts.", "The debtor's name is missing."),
        CH16=("Datnes saturs nav pareizs.", "The content of the file is incorrect."),
        CH17=("Datnē ir nepieļauts elements.", "The file holds an element that is not allowed."),
        CH20=("Zīmju skaits aiz komata neatbilst valūtai.", "The decimal places do not fit the currency."),
        CH21=("Datnē trūkst obligāta elementa.", "The file lacks a mandatory element."),
        CURR=("Maksājuma valūta nav pareiza.", "The currency of the payment is incorrect."),
        DT01=("Datums nav derīgs.", "The date is invalid."),
        DT02=("Ziņojuma izveides datums vai laiks nav derīgs.", "The message's creation date or time is invalid."),
        DT03=("Datums ir diena, kad bankas nestrādā.", "The date is a day on which banks do not work."),
        DT04=("Nākotnes datumu nepieņem.", "A future date is not supported."),
        FF01=("Datnes formāts ir nepilnīgs vai nav derīgs.", "The format of the file is incomplete or invalid."),
        FF02=("Datnes sintakses kļūda.", "The file has a syntax error."),
        FF03=(
            "Maksājuma veida informācija nav norādīta vai nav derīga.",
            "The payment type information is missing or invalid.",
        ),
        FF04=("Pakalpojuma līmeņa kods nav norādīts vai nav derīgs.", "The service level code is missing or invalid."),
        FF05=(
            "Vietējā instrumenta kods nav norādīts vai nav derīgs.",
            "The local instrument code is missing or invalid.",
        ),
        FF06=(
            "Kategorijas mērķa kods nav norādīts vai nav derīgs.",
            "The category purpose code is missing or invalid.",
        ),
        FF07=("Maksājuma mērķa kods nav norādīts vai nav derīgs.", "The purpose code is missing or invalid."),
        FF08=("Maksātāja piešķirtais numurs nav norādīts vai nav derīgs.", "The end-to-end id is missing or invalid."),
        RC01=("Bankas koda formāts nav pareizs.", "The format of a bank's identifier is incorrect."),
        RC03=(
            "Maksātāja bankas kods nav norādīts vai nav derīgs.",
            "The identifier of the debtor's bank is invalid or missing.",
        ),
        RC05=("BIC nav norādīts vai nav derīgs.", "A BIC is invalid or missing."),
        RC06=(
            "Maksātāja bankas BIC nav norādīts vai nav derīgs.",
            "The BIC of the debtor's bank is invalid or missing.",
        ),
        RR07=(
            "Maksājuma informācijas uzbūve neatbilst noteikumiem.",
            "The structure of the remittance information is wrong.",
        ),
        RR09=(
            "Strukturētā atsauce nav norādīta vai nav derīga.",
            "The structured creditor reference is invalid or missing.",
        ),
        RR10=(
            "Rakstzīmju kopa neatbilst valstij vai maksājuma veidam.",
            "The character set is not valid for the payment.",
        ),
    )
    | _table(
        Action.PAY_IN_NEXT_RUN,
        DT05=("Maksājums saņemts pēc pieņemšanas termiņa.", "The payment was received after the cut-off time."),
        TM01=("Ziņojums saņemts pēc pieņemšanas termiņa.", "The message was received after the cut-off time."),
        ED06=("Starpbanku norēķinu sistēma nav pieejama.", "The interbank settlement system is not available."),
    )
    | _table(
        Action.RECORD_OUR_RECALL,
        FOCR=("Nauda atgriezta pēc atsaukuma.", "The money was returned after a cancellation request."),
        CUST=("Atcelšanu lūdza maksātājs.", "The debtor asked for the cancellation."),
    )
    | _table(
        Action.ASK_THE_BANK,
        AB05=("Darījums apturēts: saņēmēja banka neatbildēja laikus.", "Stopped: the creditor's bank timed out."),
        AB06=("Darījums apturēts: starpniekbanka neatbildēja laikus.", "Stopped: the instructed bank timed out."),
        AB09=("Darījums apturēts: kļūda saņēmēja bankā.", "Stopped: an error at the creditor's bank."),
        AC05=("Maksātāja konts ir slēgts.", "The debtor's account is closed."),
        AC14=(
            "Nav derīgs saņēmēja konta veids vai banka maksājuma ķēdē.",
            "The creditor's account type or a bank in the chain is invalid.",
        ),
        AG08=("Trūkst piekļuves vai paraksta tiesību.", "An access or signing right is missing."),
        AGNT=("Maksājuma ķēdē ir nepareiza banka.", "A bank in the payment's chain is incorrect."),
        AM02=("Summa pārsniedz pieļaujamo.", "The amount is greater than the allowed maximum."),
        AM06=("Summa ir mazāka par noteikto.", "The amount is less than the agreed minimum."),
        AM07=("Summu bloķējusi uzraudzības iestāde.", "The amount was blocked by an authority."),
        AM09=("Saņemtā summa nav gaidītā.", "The amount received is not the one expected."),
        AM14=("Summa pārsniedz ar banku nolīgto limitu.", "The amount exceeds the limit agreed with the bank."),
        AM21=("Summa pārsniedz ar banku nolīgto limitu.", "The amount exceeds the limit agreed with the bank."),
        DNOR=(
            "Maksātāja banka klīringā nav reģistrēta.",
            "The debtor's bank is not registered with the clearing system.",
        ),
        DS28=("Atgriezts tehniskas kļūdas dēļ.", "Returned because of a technical error."),
        ED05=("Norēķins neizdevās.", "The settlement failed."),
        FF10=("Bankai ir tehniski traucējumi.", "The bank has technical issues."),
        MS03=("Banka nav norādījusi iemeslu.", "The bank has given no reason."),
        NOOR=("Sākotnējais maksājums nav saņemts.", "The original payment was never received."),
        RUTA=("Atgriezts pēc izmeklēšanas; kļūdu nevarēja novērst.", "Returned after an investigation without remedy."),
        RR01=(
            "Regulējuma prasībām nepietiek ziņu par maksātāja kontu.",
            "Details of the debtor's account are insufficient.",
        ),
        RR02=("Regulējuma prasībām nepietiek ziņu par maksātāju.", "The debtor's name or address is insufficient."),
        RR04=("Regulējuma iemesls.", "A regulatory reason."),
    )
    | _table(
        Action.HOLD_AND_ASK_A_PERSON,
        FR01=("Atgriezts krāpšanas dēļ.", "Returned as a result of fraud."),
        FRAD=("Atcelts krāpniecisku darbību dēļ.", "Cancelled because its origin was fraudulent."),
        NARR=("Iemesls aprakstīts brīvā tekstā.", "The reason is told in free text."),
        NOCM=("Klienta konts neatbilst regulējumam.", "The customer's account does not comply with regulation."),
        SP01=("Maksājumu apturējis konta turētājs.", "The account holder stopped the payment."),
        UPAY=("Maksājums nav pamatots.", "The payment is not justified."),
    )
)
"""Every code that is known, with its meaning and action."""
