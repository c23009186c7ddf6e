/** A quiet white card that sits well on a dark page and on a warm one. */
export const CARD_STYLE = `
*{box-sizing:border-box}
html{color-scheme:light}
body{margin:0;background:#fff;color:#1b2430;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
main{padding:20px 16px}
header{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;justify-content:space-between;margin-bottom:16px}
h1{font-size:18px;line-height:1.3;margin:0}
.safe{margin:0;font-size:13px;color:#4d5b6b;display:flex;gap:6px;align-items:center}
.safe svg{flex:none}
form{display:grid;grid-template-columns:1fr 1fr;gap:16px 12px}
.field{grid-column:1/-1;min-width:0}
.half{grid-column:auto}
label{display:block;font-size:14px;font-weight:600;margin-bottom:6px}
.hint{font-weight:400;color:#4d5b6b}
.box{position:relative}
input{width:100%;min-height:48px;padding:10px 12px;font:inherit;font-variant-numeric:tabular-nums;color:inherit;background:#fff;border:1px solid #75808d;border-radius:8px}
input:focus{outline:3px solid #2563eb;outline-offset:1px;border-color:#2563eb}
input[aria-invalid=true]{border-color:#b42318;border-width:2px;padding:9px 11px}
#card_number{padding-right:104px}
.brand{position:absolute;right:12px;top:50%;transform:translateY(-50%);font-size:13px;font-weight:700;color:#1e40af;pointer-events:none}
.error{margin:6px 0 0;font-size:14px;line-height:1.4;color:#b42318}
.error:empty{display:none}
button{font:inherit}
.save{grid-column:1/-1;min-height:48px;border:0;border-radius:8px;background:#1e40af;color:#fff;font-weight:700;cursor:pointer}
.save:hover{background:#1e3a8a}
.save[aria-disabled=true]{background:#5c6b84;cursor:progress}
button:focus-visible,summary:focus-visible{outline:3px solid #2563eb;outline-offset:2px}
.alert{grid-column:1/-1;margin:0;padding:12px;border-radius:8px;background:#fef3f2;color:#912018;font-size:15px}
.alert:empty{display:none}
.done{display:flex;gap:14px;align-items:center;padding:24px 4px}
.done svg{flex:none}
.done h2{font-size:18px;margin:0}
.done h2:focus{outline:none}
.done p{margin:0;color:#4d5b6b}
details{margin-top:20px;border-top:1px solid #dfe3e8;padding-top:12px;font-size:14px}
summary{cursor:pointer;min-height:32px;font-weight:600;color:#33404f}
details p{margin:8px 0;color:#4d5b6b}
ul{list-style:none;margin:0;padding:3px;display:grid;gap:4px;max-height:272px;overflow-y:auto}
.test{width:100%;min-height:44px;padding:6px 10px;display:flex;flex-wrap:wrap;gap:0 12px;justify-content:space-between;align-items:center;text-align:left;background:#f4f6f8;border:1px solid transparent;border-radius:8px;color:inherit;cursor:pointer}
.test:hover{border-color:#75808d}
.test span:first-child{font-variant-numeric:tabular-nums}
.test span:last-child{color:#4d5b6b}
[hidden]{display:none!important}
`
