// Ingredients of drugs, by which a drug that is named by RxNorm is given its category.

export interface DrugIngredient {
  /** A lower-case word, or words with single blanks between them, of the RxNorm name; for packs the brand name. */
  readonly ingredient: string;
  /** The therapeutic subgroup of the ATC classification (level 2). */
  readonly atc: string;
  /** A value of prescriptions.drug_category. */
  readonly category: string;
}

/** `'metformin, insulin'` → one ingredient each. */
function ingredients(category: string, atc: string, list: string): readonly DrugIngredient[] {
  return list.split(', ').map((ingredient) => ({ ingredient, atc, category }));
}

const entries: readonly DrugIngredient[] = [
  // first what decides over a pain reliever in one preparation
  ...ingredients('Respiratory', 'R05', 'dextromethorphan, guaifenesin'),
  ...ingredients('Antidiabetic', 'A10', 'insulin, metformin, glipizide, glimepiride, glyburide, pioglitazone'),
  ...ingredients('Antidiabetic', 'A10', 'sitagliptin, linagliptin, canagliflozin, dapagliflozin, empagliflozin'),
  ...ingredients('Antidiabetic', 'A10', 'liraglutide, exenatide, dulaglutide, semaglutide'),
  ...ingredients(
    'Gastrointestinal',
    'A02',
    'omeprazole, esomeprazole, pantoprazole, lansoprazole, famotidine, ranitidine',
  ),
  ...ingredients('Gastrointestinal', 'A04', 'ondansetron'),
  ...ingredients('Gastrointestinal', 'A06', 'senna, bisacodyl, docusate, lactulose'),
  ...ingredients('Gastrointestinal', 'A07', 'loperamide, mesalamine'),
  ...ingredients('Supplement', 'A11', 'cholecalciferol, ergocalciferol, thiamine'),
  ...ingredients('Supplement', 'B03', 'ferrous sulfate, ferrous fumarate, folic acid, vitamin b12, cyanocobalamin'),
  ...ingredients('Anticoagulant', 'B01', 'warfarin, heparin, enoxaparin, clopidogrel, prasugrel, ticagrelor'),
  ...ingredients('Anticoagulant', 'B01', 'apixaban, rivaroxaban, dabigatran, alteplase'),
  ...ingredients('Cardiac', 'C01', 'digoxin, amiodarone, nitroglycerin, isosorbide, norepinephrine'),
  ...ingredients(
    'Antihypertensive',
    'C09',
    'lisinopril, enalapril, captopril, ramipril, benazepril, losartan, valsartan',
  ),
  ...ingredients('Antihypertensive', 'C09', 'irbesartan, olmesartan, candesartan, sacubitril'),
  ...ingredients('Antihypertensive', 'C08', 'amlodipine, nifedipine, diltiazem, verapamil, felodipine'),
  ...ingredients('Antihypertensive', 'C07', 'metoprolol, atenolol, carvedilol, propranolol, bisoprolol, labetalol'),
  ...ingredients('Antihypertensive', 'C02', 'hydralazine, clonidine, doxazosin'),
  ...ingredients(
    'Diuretic',
    'C03',
    'hydrochlorothiazide, chlorthalidone, furosemide, bumetanide, torsemide, spironolactone',
  ),
  ...ingredients(
    'Lipid-lowering',
    'C10',
    'simvastatin, atorvastatin, rosuvastatin, pravastatin, lovastatin, ezetimibe',
  ),
  ...ingredients('Lipid-lowering', 'C10', 'gemfibrozil, fenofibrate'),
  ...ingredients('Hormone', 'G02', 'nuvaring, mirena, kyleena, liletta'),
  ...ingredients(
    'Hormone',
    'G03',
    'ethinyl estradiol, levonorgestrel, norethindrone, drospirenone, etonogestrel, estradiol',
  ),
  ...ingredients(
    'Hormone',
    'G03',
    'medroxyprogesterone, norelgestromin, jolivette, seasonique, yaz, camila, errin, levora',
  ),
  ...ingredients('Hormone', 'G03', 'natazia, nexplanon, implanon'),
  ...ingredients('Hormone', 'H01', 'vasopressin'),
  ...ingredients(
    'Corticosteroid',
    'H02',
    'prednisone, prednisolone, methylprednisolone, dexamethasone, hydrocortisone',
  ),
  ...ingredients('Hormone', 'H03', 'levothyroxine, liothyronine'),
  ...ingredients(
    'Antibiotic',
    'J01',
    'amoxicillin, ampicillin, penicillin, piperacillin, dicloxacillin, cephalexin, cefaclor',
  ),
  ...ingredients('Antibiotic', 'J01', 'cefuroxime, ceftriaxone, cefazolin, azithromycin, clarithromycin, erythromycin'),
  ...ingredients(
    'Antibiotic',
    'J01',
    'doxycycline, minocycline, tetracycline, ciprofloxacin, levofloxacin, moxifloxacin',
  ),
  ...ingredients(
    'Antibiotic',
    'J01',
    'vancomycin, gentamicin, clindamycin, nitrofurantoin, sulfamethoxazole, meropenem',
  ),
  ...ingredients('Antiviral', 'J05', 'oseltamivir, acyclovir, valacyclovir, remdesivir, tenofovir, emtricitabine'),
  ...ingredients('Antiviral', 'J05', 'lamivudine, zidovudine, efavirenz, dolutegravir, ritonavir, sofosbuvir'),
  ...ingredients('Antineoplastic', 'L01', 'docetaxel, paclitaxel, cisplatin, carboplatin, oxaliplatin, doxorubicin'),
  ...ingredients('Antineoplastic', 'L01', 'epirubicin, cyclophosphamide, fluorouracil, capecitabine, trastuzumab'),
  ...ingredients('Antineoplastic', 'L02', 'leuprolide, tamoxifen, anastrozole, letrozole, exemestane, fulvestrant'),
  ...ingredients('Analgesic', 'M01', 'ibuprofen, naproxen, diclofenac, celecoxib, meloxicam, ketorolac'),
  ...ingredients('Other', 'M04', 'allopurinol, colchicine'),
  ...ingredients('Other', 'M05', 'alendronic acid, alendronate, zoledronic acid'),
  ...ingredients('Analgesic', 'N02', 'acetaminophen, hydrocodone, oxycodone, codeine, morphine, tramadol, meperidine'),
  ...ingredients('Analgesic', 'N02', 'tapentadol, sumatriptan'),
  ...ingredients('Antiepileptic', 'N03', 'carbamazepine, phenytoin, levetiracetam, lamotrigine, clonazepam'),
  ...ingredients(
    'Psychotropic',
    'N05',
    'diazepam, lorazepam, alprazolam, midazolam, haloperidol, quetiapine, risperidone',
  ),
  ...ingredients('Psychotropic', 'N05', 'olanzapine, aripiprazole, zolpidem'),
  ...ingredients('Psychotropic', 'N06', 'fluoxetine, sertraline, citalopram, escitalopram, paroxetine, venlafaxine'),
  ...ingredients(
    'Psychotropic',
    'N06',
    'duloxetine, bupropion, trazodone, amitriptyline, methylphenidate, atomoxetine',
  ),
  ...ingredients('Psychotropic', 'N06', 'donepezil, galantamine, memantine, rivastigmine'),
  ...ingredients('Respiratory', 'R03', 'albuterol, salmeterol, fluticasone, budesonide, beclomethasone, tiotropium'),
  ...ingredients('Respiratory', 'R03', 'ipratropium, formoterol, montelukast, theophylline'),
];

/**
 * The first entry in order that stands in the name as whole words decides, where the name is compared in lower case with
 * every other character than a letter or a digit taken as a blank. Ingredients that ATC has in several categories by dose
 * or route (aspirin, epinephrine) are left out: the category is then missing.
 */
export const drugIngredients = {
  name: 'Drug ingredients',
  source:
    'Ingredients as RxNorm (US National Library of Medicine) names them in its clinical drugs; therapeutic subgroups of ' +
    'the ATC classification, WHO Collaborating Centre for Drug Statistics Methodology. The categories are those of ' +
    'Carelake.',
  entries,
} as const;
