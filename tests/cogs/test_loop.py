"""exploration"""
import os
from tests.cogs.grove import growing, said, texts, answer
from tests.cogs.test_stakes import make, press
from wood.names import *
from wood.chronicle import EventKind as K

SHOW = (K.OPENED,K.CLOSED,K.MARGIN_CALL,K.CASE,K.EVIDENCE,K.VERDICT,K.LEGEND,K.FORESIGHT,K.REFUSED,K.LOAN,K.REPAID,K.DEFAULT,K.RUINED,K.DECLINED,K.BRIBED,K.BROKERED,K.BOUNTY,K.DENOUNCED,K.WAGER,K.WAGERED,K.WRITTEN_OFF,K.COUNTED,K.DRAWN)

async def test_story(tmp_path):
    async with growing(tmp_path) as grove:
        await grove.found(seed=14)
        ch=grove.channel; A,M,N=grove.alder,grove.marguerite,grove.konomi
        for who in (A,M,N): await who.slash(ch,"patron join")
        async def to(n):
            while True:
                stored=await grove.bot.store.woods.snapshot(ch.id)
                if stored.wood.turn>=n: return stored
                await grove.turns()
                rows=await grove.bot.store.turns.numbered(stored.wood.id,stored.wood.turn+1,stored.wood.turn+1)
                for e in rows[0].turn.events:
                    if e.kind in SHOW: print("   ",rows[0].turn.number,e.kind.value,e.subject,{k:v for k,v in (e.data or {}).items() if k not in("course","entries")})
        await to(1)
        await A.slash(ch,"legend draw"); await to(2)
        choice=(await A.autocomplete(ch,"legend cast","legend",""))[0]["value"]
        r=await A.slash(ch,"legend cast",legend=choice,breath=2); print(said(r))
        r=await M.slash(ch,"legend cast",breath=1) ; print(said(r))
        await to(3)
        print(await make(grove,M,"patron foresight",what="shock")); await to(4)
        print(said(await M.slash(ch,"patron book")))
        print(await make(grove,M,"patron whisper",to="fenn",about="berries",text="Berries will be cheap before the week is out",claim="cheaper"))
        print(await make(grove,M,"patron short",good="berries",stake=20)); await to(6)
        print(said(await M.slash(ch,"patron book")))
        print(await make(grove,N,"patron long",good="berries",stake=20)) if 0 else None
        await to(7); print(await make(grove,N,"patron long",good="berries",stake=20))
        await to(9)
        print(texts([c.to_dict() for c in grove.board.components]))
        print(said(await M.slash(ch,"patron book")))
        await to(11)
        print(await make(grove,N,"patron long",good="berries",stake=20))
        await to(17)
        b=await N.slash(ch,"patron book"); print(said(b))
        if "⚠️" in said(b):
            print(await press(N,b,"ttw:see:margin.berries")); print(await press(N,b,"ttw:do:"))
        await to(20)
        for g in os.environ.get("G","honey").split(","):
            print(await make(grove,N,"rumor cast",about=g,text=f"{g} will be dear",claim="dearer",stake=20,on="effect",bar=int(os.environ.get("BAR","4"))))
        await to(21)
        print(await make(grove,N,"patron lend",to="pip",amount=25,interest=5,turns=6))
        await to(28)
        print(said(await N.slash(ch,"patron book")))
        await to(36)
        print(await make(grove,N,"patron lend",to="oona",amount=25,interest=5,turns=6))
        await to(44)
        print(said(await N.slash(ch,"patron book")))
        print(said(await N.slash(ch,"wood creature",creature="oona")))
        await to(60)
        print(said(await N.slash(ch,"patron history")))
        print([texts([c.to_dict() for c in p.components]) for p in grove.posts][-3:])
